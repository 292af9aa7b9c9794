# Completion of neurohal for PowerShell. For one session: neurohal completion pwsh | Out-String | Invoke-Expression
# For all: neurohal completion pwsh >> $PROFILE
Register-ArgumentCompleter -Native -CommandName neurohal -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    neurohal "[suggest:$cursorPosition]" "$commandAst" 2>$null | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
