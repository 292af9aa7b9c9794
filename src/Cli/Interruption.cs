using System.Runtime.InteropServices;

namespace NeuroHal.Cli;

/// <summary>
/// Ctrl-C and SIGTERM: the first asks what runs to end at the next point where that can be gone on from, the second ends the
/// process at once.
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
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Interrupt))];
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

    private void Interrupt(PosixSignalContext context)
    {
        if (!_source.IsCancellationRequested)
        {
            context.Cancel = true;
            _source.Cancel();
            return;
        }
        _leave();
    }
}
