namespace NeuroHal.ReferenceCpu;

internal sealed class CpuBackend(CpuOptions options, TimeProvider time) : IBackend
{
    private const int MostCores = 256;

    public string Id => "ReferenceCpu";

    public string Description => "The host's processor at full speed; cores are host threads, time is wall time";

    public IDevice Open(DeviceRequest request)
    {
        if (request.Cores is < 1 or > MostCores)
        {
            throw new NotSupportedByDeviceException($"ReferenceCpu: {request.Cores} cores asked for; it has 1 to {MostCores}.");
        }
        if (request.Level is not null && request.Level != CpuDevice.HostLevel.Name)
        {
            throw new BadArgumentException(
                $"ReferenceCpu: unknown performance level '{request.Level}'; there is {CpuDevice.HostLevel.Name}.");
        }
        return new CpuDevice(options, request.Cores, time, EnergyMeter.Find(options.PowerCapFolder));
    }
}
