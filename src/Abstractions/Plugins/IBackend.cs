using System.Collections.ObjectModel;

namespace NeuroHal;

/// <summary>A kind of device that can be opened, such as an emulated chip or the host's processor.</summary>
public interface IBackend
{
    /// <summary>The name used in configuration, such as <c>SpiNNaker2Emu</c>.</summary>
    string Id { get; }

    /// <summary>One line for people who choose.</summary>
    string Description { get; }

    /// <summary>Opens a device. The caller disposes of it.</summary>
    /// <exception cref="BadArgumentException">The configuration or the request is not legal.</exception>
    /// <exception cref="NotSupportedByDeviceException">The device does not have that many cores.</exception>
    IDevice Open(DeviceRequest request);
}

/// <summary>What a caller wants of a device; the rest is the backend's configuration.</summary>
public sealed record DeviceRequest
{
    /// <summary>The number of cores to use.</summary>
    /// <value>At least 1 and at most what the device has; 1 by default.</value>
    public int Cores { get; init; } = 1;

    /// <summary>The performance level the cores start at.</summary>
    /// <value>A name from <see cref="DeviceInfo.Levels"/>; null, the default, for the fastest.</value>
    public string? Level { get; init; }

    /// <summary>How cores save power.</summary>
    /// <value>A name from <see cref="DeviceInfo.Policies"/>; null, the default, for the device's own choice.</value>
    public string? Policy { get; init; }

    /// <summary>
    /// Faults to put into the device: a file or a short text of the backend's own format. A backend that takes them has the
    /// ability <see cref="IFaultReport"/>; another refuses.
    /// </summary>
    /// <value>Null, the default, for none.</value>
    public string? Faults { get; init; }

    /// <summary>Values for constants of the device's model, by <see cref="ModelConstant.Id"/>, to see how much they matter.</summary>
    public IReadOnlyDictionary<string, double> Constants { get; init; } = ReadOnlyDictionary<string, double>.Empty;
}
