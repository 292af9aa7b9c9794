namespace NeuroHal;

/// <summary>
/// Stands in front of a backend's device and lets only legal requests through: arguments, bounds, ownership, lifetime
/// and the discipline of supersteps are checked here, once, for all backends.
/// </summary>
public sealed class ValidatingDevice : IDevice
{
    private readonly IDevice _device;
    private readonly ValidatingCore[] _cores;
    private readonly ValidatingSram[] _srams;
    private readonly ValidatingDram _dram;
    private readonly ValidatingHostLink _host;
    private readonly Action<ICore> _dispatch;
    private Action<ICore>? _body;
    private bool _disposed;

    /// <summary>Puts the checks in front of a device.</summary>
    /// <param name="device">The device; disposed of with this one.</param>
    public ValidatingDevice(IDevice device)
    {
        _device = device;
        _dram = new ValidatingDram(device.Dram, this);
        _cores = [.. device.Cores.Select(c => new ValidatingCore(c, this))];
        _srams = [.. _cores.Select(c => c.SramChecks)];
        _host = new ValidatingHostLink(device.Host, this);
        _dispatch = Dispatch;
    }

    /// <inheritdoc/>
    public DeviceInfo Info => _device.Info;

    /// <inheritdoc/>
    public IReadOnlyList<ICore> Cores => _cores;

    /// <inheritdoc/>
    public IDram Dram => _dram;

    /// <inheritdoc/>
    public IHostLink Host => _host;

    /// <inheritdoc/>
    public Phase Phase
    {
        get => _device.Phase;
        set
        {
            RequireBetweenSupersteps("the phase was changed");
            _device.Phase = value;
        }
    }

    internal string? RunningSuperstep { get; private set; }

    internal ValidatingDram DramChecks => _dram;

    /// <inheritdoc/>
    public void Superstep(string name, Action<ICore> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (RunningSuperstep is not null)
        {
            RequireBetweenSupersteps($"superstep '{name}' was started");
        }
        RunningSuperstep = name;
        _body = body;
        try
        {
            _device.Superstep(name, _dispatch);
        }
        finally
        {
            RunningSuperstep = null;
            _body = null;
        }
    }

    /// <inheritdoc/>
    public DeviceCounters ReadCounters() => _device.ReadCounters();

    /// <inheritdoc/>
    public TAbility? Find<TAbility>() where TAbility : class => _device.Find<TAbility>();

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SaveState()
    {
        RequireBetweenSupersteps("the state was saved");
        return _device.SaveState();
    }

    /// <inheritdoc/>
    public void RestoreState(ReadOnlyMemory<byte> state)
    {
        RequireBetweenSupersteps("the state was restored");
        _device.RestoreState(state);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await _device.DisposeAsync().ConfigureAwait(false);
    }

    internal ValidatingSram SramChecks(int core) =>
        (uint)core < (uint)_srams.Length
            ? _srams[core]
            : throw new BadArgumentException($"A buffer of core {core} was used, but the device has cores 0 to {_cores.Length - 1}.");

    internal void RequireBetweenSupersteps(string what)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (RunningSuperstep is not null)
        {
            throw new BadArgumentException($"Superstep '{RunningSuperstep}': {what} before it ended.");
        }
    }

    private void Dispatch(ICore core) => _body!(_cores[core.Id]);
}
