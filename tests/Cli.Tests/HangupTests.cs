using System.Diagnostics;

namespace NeuroHal.Cli.Tests;

/// <summary>A terminal that goes away, as with an ssh session, ends a run as SIGTERM does; with nohup it does not.</summary>
public sealed class HangupTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Theory]
    [InlineData("exec env --default-signal=HUP", false)] // the tests themselves may have been begun with nohup
    [InlineData("trap '' HUP; exec", true)]
    public async Task A_run_saves_itself_at_a_hangup_unless_it_was_begun_to_outlive_it(string start, bool outlives)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs env of GNU coreutils.");
        string program = Path.Combine(AppContext.BaseDirectory, "neurohal.dll");
        using Process process = _neurohal.StartShell("sh", $"{start} dotnet '{program}' train --dataset digits --limit 100 --epochs 1000000 --output run");
        await Neurohal.LineAsync(process, "epoch ");
        Neurohal.Signal(process.Id, "HUP");
        if (outlives)
        {
            for (int i = 0; i < 3; i++)
            {
                await Neurohal.LineAsync(process, "epoch ");
            }
            Neurohal.Signal(process.Id, "TERM");
        }
        Neurohal.Outcome cut = await Neurohal.EndOfAsync(process);
        cut.FailsWith(130, "Interrupted at ", "and saved. Go on with: neurohal train --resume run");
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_neurohal.Folder, "run", "checkpoints")));
    }
}
