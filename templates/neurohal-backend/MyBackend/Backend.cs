using NeuroHal;

namespace MyBackend;

internal sealed class Backend : IBackend
{
    public const int MostCores = 4;

    public string Id => "MyBackend";

    public string Description => "A chip to be: every operation takes a cycle";

    public IDevice Open(DeviceRequest request)
    {
        if (request.Cores is < 1 or > MostCores)
        {
            throw new NotSupportedByDeviceException($"{Id}: {request.Cores} cores asked for; it has 1 to {MostCores}.");
        }
        if (request.Level is not null && request.Level != Device.OnlyLevel.Name)
        {
            throw new BadArgumentException($"{Id}: unknown performance level '{request.Level}'; there is {Device.OnlyLevel.Name}.");
        }
        if (request.Policy is not null)
        {
            throw new NotSupportedByDeviceException($"{Id}: policy '{request.Policy}' asked for; it has none.");
        }
        if (request.Constants.Count > 0)
        {
            throw new NotSupportedByDeviceException($"{Id}: constant '{request.Constants.Keys.First()}' asked for; it has none.");
        }
        return new Device(Id, request.Cores);
    }
}
