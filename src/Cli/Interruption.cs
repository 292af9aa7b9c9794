using System.Globalization;
using System.Runtime.InteropServices;

namespace NeuroHal.Cli;

/// <summary>
/// Ctrl-C, SIGTERM and SIGHUP, as when a terminal goes away: the first asks what runs to end at the next point where that can be gone
/// on from, the second ends the process at once; but for SIGHUP, which kernel and shell both send for one terminal.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    private readonly Action _leave;

    /// <summary>Listens to signals.</summary>
    /// <param name="leave">Called before the process ends at once.</param>
    public Interruption(Action leave)
    {
        _leave = leave;
        PosixSignal[] signals = IsHangupIgnored() ? [PosixSignal.SIGINT, PosixSignal.SIGTERM] : [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _signals = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Interrupt))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
        _source.Dispose();
    }

    /// <summary>Whether who started the process wants it to outlive the terminal, as <c>nohup</c> does; known on Linux.</summary>
    private static bool IsHangupIgnored()
    {
        const string Status = "/proc/self/status", Ignored = "SigIgn:";
        string? line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(l => l.StartsWith(Ignored, StringComparison.Ordinal)) : null;
        // A bit for each signal, the lowest for number 1, which is SIGHUP.
        return ulong.TryParse(line?[Ignored.Length..], NumberStyles.AllowHexSpecifier | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out ulong ignored) && (ignored & 1) != 0;
    }

    private void Interrupt(PosixSignalContext context)
    {
        if (!_source.IsCancellationRequested)
        {
            context.Cancel = true;
            _source.Cancel();
            return;
        }
        if (context.Signal == PosixSignal.SIGHUP)
        {
            context.Cancel = true;
            return;
        }
        _leave();
    }
}
