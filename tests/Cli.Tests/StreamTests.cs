using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NeuroHal.Cli.Tests;

/// <summary>What a process's streams are shows in what is written to them: terminals, pipes, full disks.</summary>
public sealed partial class StreamTests : IDisposable
{
    private readonly Neurohal _neurohal = new Neurohal().WithFewDigits();

    public void Dispose() => _neurohal.Dispose();

    [Fact]
    public async Task A_reader_that_goes_away_ends_nothing_but_its_reading()
    {
        Neurohal.Outcome run = await ShellAsync("neurohal plan | head -n 1; echo ${PIPESTATUS[0]}");
        Assert.EndsWith("\n0\n", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task A_result_that_cannot_be_written_is_an_error()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        (await ShellAsync("neurohal plan > /dev/full")).FailsWith(1, "No space left on device");
    }

    [Theory]
    [InlineData("colour", "TERM=xterm-256color")]
    [InlineData("none", "TERM=xterm-256color NO_COLOR=1")]
    [InlineData("none", "TERM=dumb")]
    [InlineData("none", "TERM=xterm-256color", "--color never")]
    [InlineData("colour", "TERM=xterm-256color NO_COLOR=1", "--color always")]
    public async Task Colour_is_for_terminals_that_want_it(string expected, string environment, string options = "")
    {
        string shown = await OnTerminalAsync($"{environment} neurohal plan --preset slow {options}");
        Assert.Contains("error:", shown, StringComparison.Ordinal);
        Assert.Equal(expected == "colour", ColourSequence().IsMatch(shown));
    }

    [Theory]
    [InlineData(true, "TERM=xterm-256color")]
    [InlineData(false, "TERM=dumb")]
    [InlineData(false, "TERM=xterm-256color", "2> talk; cat talk")]
    public async Task What_moves_is_for_terminals_that_can(bool moves, string environment, string end = "")
    {
        string shown = await OnTerminalAsync($"{environment} neurohal train {string.Join(' ', [.. Neurohal.SmallNetwork, .. FewDigits.Options])} {end}");
        Assert.Equal(moves, CursorUp().IsMatch(shown));
        Assert.Equal(moves, shown.Contains("hottest kernel", StringComparison.Ordinal));
        Assert.Equal(!moves, shown.Contains("epoch 2/2: training accuracy", StringComparison.Ordinal));
    }

    // Not any escape sequence: the runtime itself sets the keypad's mode of every terminal.
    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex ColourSequence();

    [GeneratedRegex("\u001b\\[[0-9]+A")]
    private static partial Regex CursorUp();

    /// <summary>What a terminal is sent.</summary>
    private async Task<string> OnTerminalAsync(string command)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script, which makes a terminal, is not installed.");
        _neurohal.WithFile("command", $"{Function}{command}\n");
        Neurohal.Outcome run = await ShellAsync("script --quiet --command 'bash command' /dev/null < /dev/null");
        return run.Output;
    }

    private async Task<Neurohal.Outcome> ShellAsync(string command)
    {
        using Process process = _neurohal.StartShell("bash", Function + command);
        return await Neurohal.EndOfAsync(process);
    }

    private static string Function { get; } = $"neurohal() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "neurohal.dll")}' \"$@\"; }}\n";
}
