# Completion of neurohal for fish. For one session: neurohal completion fish | source
# For all: neurohal completion fish > ~/.config/fish/completions/neurohal.fish
function __neurohal_complete
    set -l line (commandline --current-process --cut-at-cursor)
    set -l tokens (commandline --current-process --tokenize --cut-at-cursor)
    $tokens[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete --command neurohal --arguments '(__neurohal_complete)'
