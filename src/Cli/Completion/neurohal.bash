# Completion of neurohal for bash. For one session: source <(neurohal completion bash)
# For all: neurohal completion bash > ~/.local/share/bash-completion/completions/neurohal
_neurohal() {
    local line=${COMP_LINE:0:COMP_POINT} reply
    local word=${line##* }
    # Bash splits words at colons and equal signs; what is before the last of them is on the line already.
    local before=${word%"${word##*[:=]}"}
    COMPREPLY=()
    while IFS= read -r reply; do
        [[ $reply == "$word"* ]] && COMPREPLY+=("${reply#"$before"}")
    done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
    # A setting goes on with its value.
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -o default -F _neurohal neurohal
