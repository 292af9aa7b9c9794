#compdef neurohal
# Completion of neurohal for zsh. For one session: source <(neurohal completion zsh)
# For all: neurohal completion zsh > a folder of $fpath, as _neurohal
_neurohal() {
    local line="${(j: :)words[1,CURRENT]}"
    local -a replies
    replies=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
    replies=(${replies:#})
    if (( $#replies )); then
        # A setting goes on with its value.
        local -a begun=(${(M)replies:#*=}) whole=(${replies:#*=})
        (( $#begun )) && compadd -S '' -- $begun
        (( $#whole )) && compadd -- $whole
        return 0
    else
        _files
    fi
}
if [ "$funcstack[1]" = "_neurohal" ]; then
    _neurohal "$@"
else
    compdef _neurohal neurohal
fi
