using System.Diagnostics;

namespace NeuroHal.Cli.Tests;

/// <summary>A terminal that goes away, as with an ssh session, ends a run as SIGTERM does; with nohup it does not.</summary>
public sealed class HangupTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("trap '' HUP; ")]
    public async Task A_run_saves_itself_at_a_hangup_unless_it_was_begun_to_outlive_it(string before)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        string program = Path.Combine(AppContext.BaseDirectory, "neurohal.dll");
        using Process process = _neurohal.StartShell("sh", $"{before}exec dotnet '{program}' train --dataset digits --limit 100 --epochs 1000000 --output run");
        await EpochAsync(process);
        Signal(process, "HUP");
        if (before.Length > 0)
        {
            for (int i = 0; i < 3; i++)
            {
                await EpochAsync(process);
            }
            Signal(process, "TERM");
        }
        Neurohal.Outcome cut = await Neurohal.EndOfAsync(process);
        cut.FailsWith(130, "Interrupted at ", "and saved. Go on with: neurohal train --resume run");
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_neurohal.Folder, "run", "checkpoints")));
    }

    private static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    private static async Task EpochAsync(Process process)
    {
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("epoch ", StringComparison.Ordinal))
            {
                return;
            }
        }
        Assert.Fail("It ended.");
    }
}
