# Completion of neurohal for fish. For one session: neurohal completion fish | source
# For all: neurohal completion fish > ~/.config/fish/completions/neurohal.fish
function __neurohal_complete
    set -l line (commandline --current-process --cut-at-cursor)
    set -l replies (neurohal "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
    if set -q replies[1]
        printf '%s\n' $replies
    else
        __fish_complete_path (commandline --current-token)
    end
end
complete --command neurohal --no-files --arguments '(__neurohal_complete)'
