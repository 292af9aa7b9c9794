using System.Diagnostics;

namespace NeuroHal.Cli.Tests;

/// <summary>What shells are told of how a command line may go on.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Theory]
    [InlineData("", "train compare plan")]
    [InlineData("tra", "train", "compare")]
    [InlineData("train ", "--backend --preset")]
    [InlineData("train --backend ", "ReferenceCpu SpiNNaker2Emu", "--preset")]
    [InlineData("train --backend S", "SpiNNaker2Emu", "ReferenceCpu")]
    [InlineData("train --preset ", "paper fast best")]
    [InlineData("train --dataset ", "auto mnist fashion-mnist kmnist digits")]
    [InlineData("train --level ", "PL1 PL2 PL3")]
    [InlineData("train --backend ReferenceCpu --level ", "host", "PL1")]
    [InlineData("train --policy ", "race-to-idle per-phase fixed")]
    [InlineData("train --rewiring ", "deep-r set static")]
    [InlineData("train --set training:rew", "training:rewiring:every=", "training:epochs=")]
    [InlineData("compare --backends ", "ReferenceCpu SpiNNaker2Emu")]
    [InlineData("backends verify ", "ReferenceCpu SpiNNaker2Emu", "--config")]
    [InlineData("data fetch ", "mnist fashion-mnist kmnist", "digits")]
    [InlineData("completion ", "bash zsh fish pwsh")]
    [InlineData("--color ", "auto always never")]
    [InlineData("train --backend=", "--backend=ReferenceCpu --backend=SpiNNaker2Emu")]
    [InlineData("train --set=training:ep", "--set=training:epochs=")]
    [InlineData("compare --backends ReferenceCpu,S", "ReferenceCpu,SpiNNaker2Emu")]
    [InlineData("compare --presets paper,", "paper,fast paper,best")]
    [InlineData("compare --format ", "table markdown json")]
    [InlineData("predict run1 a.png --invert ", "auto yes no")]
    [InlineData("sweep --engine ", "local slurm")]
    [InlineData("evaluate run1 --", "--backend --cores")]
    [InlineData("settings training:re", "training:rewiring:policy")]
    public async Task Commands_options_and_values_are_those_there_are(string begun, string offered, string? withheld = null)
    {
        string line = $"neurohal {begun}";
        Neurohal.Outcome run = await _neurohal.RunAsync($"[suggest:{line.Length}]", line);
        run.Succeeds();
        string[] words = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(offered.Split(' '), word => Assert.Contains(word, words));
        Assert.DoesNotContain(withheld, words);
    }

    [Theory]
    [InlineData("evaluate ")]
    [InlineData("predict run1 ")]
    [InlineData("report ru")]
    [InlineData("sweep ")]
    public async Task Where_a_file_may_come_the_shell_is_left_to_offer_its_own(string begun)
    {
        string line = $"neurohal {begun}";
        Neurohal.Outcome run = await _neurohal.RunAsync($"[suggest:{line.Length}]", line);
        run.Succeeds();
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Bash_completes_by_the_script()
    {
        string output = await InShellAsync("bash", """
            source <(neurohal completion bash)
            complete -p neurohal
            try() {
                COMP_LINE=$1 COMP_POINT=${#1}
                read -ra COMP_WORDS <<<"$1"
                [[ $1 == *' ' ]] && COMP_WORDS+=('')
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _neurohal
                echo "$1> ${COMPREPLY[*]}"
            }
            try 'neurohal tra'
            try 'neurohal train --backend R'
            try 'neurohal train --set training:ep'
            try 'neurohal train --output '
            try 'neurohal train --backend=R'
            """);
        Assert.Equal(
            [
                "complete -o default -F _neurohal neurohal",
                "neurohal tra> train",
                "neurohal train --backend R> ReferenceCpu",
                "neurohal train --set training:ep> epochs=",
                "neurohal train --output > ", // the shell's own: files
                "neurohal train --backend=R> ReferenceCpu",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Fish_completes_by_the_script()
    {
        string output = await InShellAsync("fish", """
            neurohal completion fish | source
            complete --do-complete 'neurohal tra'
            complete --do-complete 'neurohal train --backend R'
            """);
        Assert.Equal(["train", "ReferenceCpu"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Zsh_completes_by_the_script()
    {
        string output = await InShellAsync("zsh", """
            autoload -U compinit; compinit -u -D
            compadd() { print -r -- ${@[$@[(i)--]+1,-1]} }
            source <(neurohal completion zsh)
            print $_comps[neurohal]
            try() { words=("$@") CURRENT=$#words; _neurohal }
            try neurohal tra
            try neurohal train --backend R
            try neurohal train --set training:ep
            """);
        Assert.Equal(["_neurohal", "train", "ReferenceCpu", "training:epochs="], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Runs a script in a shell that has the program on its path.</summary>
    private async Task<string> InShellAsync(string shell, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is tried in shells of Unix.");
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(d => File.Exists(Path.Combine(d, shell))), $"{shell} is not installed.");
        string program = Path.Combine(_neurohal.Folder, "bin", "neurohal");
        _neurohal.WithFile("bin/neurohal", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "neurohal.dll")}' \"$@\"\n");
        Process.Start("chmod", ["+x", program]).WaitForExit();
        using Process process = _neurohal.StartShell(shell, script);
        Neurohal.Outcome run = await Neurohal.EndOfAsync(process);
        Assert.True(run.Code == 0, run.Error);
        return run.Output;
    }
}
