using NeuroHal;

namespace WideMac;

internal sealed class WideMacBackend(WideMacOptions options) : IBackend
{
    public string Id => "WideMac";

    public string Description => "Example of another chip: 4 cores of 256 KB, each with an array of 64 multipliers; modelled";

    public IDevice Open(DeviceRequest request)
    {
        Profile profile = Profile.Load().With(request.Constants);
        if (request.Cores < 1 || request.Cores > profile.Cores)
        {
            throw new NotSupportedByDeviceException($"WideMac: {request.Cores} cores asked for; it has 1 to {profile.Cores}.");
        }
        if (request.Level is not null && request.Level != WideMacDevice.OnlyLevel)
        {
            throw new BadArgumentException($"WideMac: unknown performance level '{request.Level}'; there is {WideMacDevice.OnlyLevel}.");
        }
        if (request.Policy is not null)
        {
            throw new NotSupportedByDeviceException($"WideMac: policy '{request.Policy}' asked for; it has no way to save power.");
        }
        return new WideMacDevice(profile, request.Cores, options.Report);
    }
}
