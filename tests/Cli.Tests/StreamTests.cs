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

    [Fact]
    public async Task What_is_said_on_the_way_may_be_lost_and_the_result_is_not()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        Neurohal.Outcome run = await ShellAsync($"neurohal train {string.Join(' ', [.. Neurohal.SmallNetwork, .. FewDigits.Options])} 2> /dev/full");
        Assert.Equal(0, run.Code);
        Assert.Contains("test accuracy", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_its_folder_has_no_room_for_is_told_all_the_same()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGSTOP to send.");
        using Process process = _neurohal.Start(["train", "--limit", "100", "--epochs", "300", "--layers", "784-10", "--connectivity", "0.05", .. FewDigits.Options, "--output", "run"]);
        await Neurohal.LineAsync(process, "epoch 1/");
        Neurohal.Signal(process.Id, "STOP"); // so that it does not come to its end meanwhile
        Directory.CreateDirectory(Path.Combine(_neurohal.Folder, "run", "result.json"));
        Neurohal.Signal(process.Id, "CONT");
        Neurohal.Outcome run = await Neurohal.EndOfAsync(process);
        run.FailsWith(1, "The result could not be written to 'run'", "--resume run");
        Assert.Contains("test accuracy", run.Output, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(_neurohal.Folder, "run", "result.json"));
        (await _neurohal.RunAsync("train", "--resume", "run")).Succeeds();
        Assert.True(File.Exists(Path.Combine(_neurohal.Folder, "run", "result.json")));
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
        Assert.Contains("epoch 2/2: training accuracy", shown, StringComparison.Ordinal); // a line for each epoch stays either way
        Assert.Equal(moves, FilledUp().IsMatch(shown)); // over what was drawn there before
    }

    [Theory]
    [InlineData("LC_ALL=C", false)]
    [InlineData("LC_ALL= LC_CTYPE=POSIX LANG=de_DE.UTF-8", false)]
    [InlineData("LC_ALL= LC_CTYPE= LANG=de_DE.UTF-8", true)]
    public async Task A_plain_locale_gets_plain_tables(string environment, bool boxes)
    {
        string shown = await OnTerminalAsync($"{environment} TERM=xterm-256color neurohal train {string.Join(' ', [.. Neurohal.SmallNetwork, .. FewDigits.Options])} --color never");
        Assert.Contains("training accuracy", shown, StringComparison.Ordinal);
        Assert.Equal(boxes, shown.Contains('╭', StringComparison.Ordinal));
    }

    // Not any escape sequence: the runtime itself sets the keypad's mode of every terminal.
    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex ColourSequence();

    [GeneratedRegex("left {2,}\r?\n")]
    private static partial Regex FilledUp();

    [GeneratedRegex("\u001b\\[[0-9]+A")]
    private static partial Regex CursorUp();

    /// <summary>What a terminal is sent, wide enough that no line is broken: where one is depends on how many samples a second it tells.</summary>
    private async Task<string> OnTerminalAsync(string command)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script, which makes a terminal, is not installed.");
        _neurohal.WithFile("command", $"{Function}stty cols 250\n{command}\n");
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
