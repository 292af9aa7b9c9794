namespace NeuroHal.Conformance;

/// <summary>Opens devices for a clause, with the checks of <see cref="ValidatingDevice"/> in front, and closes them after it.</summary>
/// <param name="backend">The backend they are of.</param>
public sealed class DeviceBench(IBackend backend) : IDisposable
{
    private readonly List<IDevice> _open = [];

    /// <summary>Opens a device.</summary>
    public IDevice Open(int cores = 1) => Keep(new ValidatingDevice(backend.Open(new DeviceRequest { Cores = cores })));

    /// <summary>Whether the backend has devices of that many cores.</summary>
    public bool CanOpen(int cores)
    {
        try
        {
            Open(cores);
            return true;
        }
        catch (NotSupportedByDeviceException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDevice device in _open)
        {
            device.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private IDevice Keep(IDevice device)
    {
        _open.Add(device);
        return device;
    }
}
