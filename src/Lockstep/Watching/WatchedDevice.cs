namespace NeuroHal.Lockstep.Watching;

/// <summary>
/// Stands in front of a device and shows a watcher the SRAM of every core after each kernel, each transfer that was
/// awaited and each barrier. Neither the algorithm nor the backend knows of it.
/// </summary>
/// <remarks>
/// It looks with kernels of its own, and after each superstep in one of its own, because at a barrier's end SRAM can be
/// seen only then. Results do not change by that; counters do, so take no figures of time or energy from a watched run.
/// What crosses the host link to the host and what is in external memory is not looked at; it shows in SRAM once it is used.
/// </remarks>
public sealed class WatchedDevice : IDevice
{
    private readonly IDevice _device;
    private readonly IRunWatcher _watcher;
    private readonly WatchedCore[] _cores;

    /// <summary>Puts a watcher in front of a device on which nothing is allocated yet.</summary>
    /// <param name="device">The device, with its checks in front; disposed of with this one.</param>
    /// <param name="watcher">Who watches.</param>
    public WatchedDevice(IDevice device, IRunWatcher watcher)
    {
        (_device, _watcher) = (device, watcher);
        _cores = [.. device.Cores.Select(c => new WatchedCore(c, watcher))];
    }

    /// <inheritdoc/>
    public DeviceInfo Info => _device.Info;

    /// <inheritdoc/>
    public IReadOnlyList<ICore> Cores => _cores;

    /// <inheritdoc/>
    public IDram Dram => _device.Dram;

    /// <inheritdoc/>
    public IHostLink Host => _device.Host;

    /// <inheritdoc/>
    public Phase Phase
    {
        get => _device.Phase;
        set => _device.Phase = value;
    }

    /// <inheritdoc/>
    public void Superstep(string name, Action<ICore> body)
    {
        if (_watcher.IsDone)
        {
            _device.Superstep(name, core => body(_cores[core.Id]));
            return;
        }
        _watcher.Begin(name);
        _device.Superstep(name, core =>
        {
            _cores[core.Id].Observe(EventKind.Begin);
            body(_cores[core.Id]);
        });
        _device.Superstep("observe", core => _cores[core.Id].Observe(EventKind.Barrier));
        _watcher.End();
    }

    /// <inheritdoc/>
    public DeviceCounters ReadCounters() => _device.ReadCounters();

    /// <inheritdoc/>
    public TAbility? Find<TAbility>() where TAbility : class => _device.Find<TAbility>();

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SaveState() => _device.SaveState();

    /// <inheritdoc/>
    public void RestoreState(ReadOnlyMemory<byte> state) => _device.RestoreState(state);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _device.DisposeAsync();
}
