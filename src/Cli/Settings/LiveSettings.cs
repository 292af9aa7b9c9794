using System.Net;

namespace NeuroHal.Cli.Settings;

/// <summary>Where a run is to be watched.</summary>
/// <param name="Address">The interface.</param>
/// <param name="Port">The port; 0 for one that is free.</param>
internal sealed record LiveSettings(IPAddress Address, int Port)
{
    /// <summary>What is set; null where nobody is to watch.</summary>
    public static LiveSettings? Read(SettingReader read)
    {
        string? address = read.Text(ConfigurationKeys.LiveAddress);
        if (read.Number<int>(ConfigurationKeys.LivePort) is not { } port)
        {
            return address is null ? null : throw new BadArgumentException($"{ConfigurationKeys.LiveAddress} is given, but no live view is asked for: add --live.");
        }
        if (port is < 0 or > 65_535)
        {
            throw new BadArgumentException($"{ConfigurationKeys.LivePort} is {port}; it must be a port from 1 to 65535, or 0 for one that is free.");
        }
        return IPAddress.TryParse(address ?? "127.0.0.1", out IPAddress? at)
            ? new LiveSettings(at, port)
            : throw new BadArgumentException($"{ConfigurationKeys.LiveAddress} is '{address}'; it must be an address of this machine, such as 127.0.0.1.");
    }
}
