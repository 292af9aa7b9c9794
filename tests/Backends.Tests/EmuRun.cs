namespace NeuroHal.Backends.Tests;

/// <summary>An emulated device in the training phase.</summary>
internal sealed class EmuRun : IDisposable
{
    public EmuRun((string Key, string Value)[]? settings = null, int cores = 1, string? level = null, string? policy = null)
    {
        Device = Backends.Emu(settings ?? []).Open(new DeviceRequest { Cores = cores, Level = level, Policy = policy });
        Device.Phase = Phase.Train;
    }

    public IDevice Device { get; }

    public PhaseCounters Train => Device.ReadCounters()[Phase.Train];

    public void Dispose() => Device.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
