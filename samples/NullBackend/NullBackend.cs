using NeuroHal;

namespace NullBackend;

/// <summary>A backend whose devices describe themselves and can do nothing yet.</summary>
internal sealed class NullBackend : IBackend
{
    public string Id => "NullBackend";

    public string Description => "A device that can do nothing yet: the place to start from";

    public IDevice Open(DeviceRequest request)
    {
        if (request.Cores != 1)
        {
            throw new NotSupportedByDeviceException($"NullBackend: {request.Cores} cores asked for; it has 1.");
        }
        return new NullDevice();
    }
}
