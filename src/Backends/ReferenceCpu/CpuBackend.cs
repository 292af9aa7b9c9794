namespace NeuroHal.ReferenceCpu;

internal sealed class CpuBackend(CpuOptions options, TimeProvider time) : IBackend
{
    public const int MostCores = 256;

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
        if (request.Policy is not null)
        {
            throw new NotSupportedByDeviceException($"ReferenceCpu: policy '{request.Policy}' asked for; the host manages its power itself.");
        }
        if (request.Constants.Count > 0)
        {
            throw new NotSupportedByDeviceException($"ReferenceCpu: constant '{request.Constants.Keys.First()}' asked for; nothing is modelled here.");
        }
        if (request.Faults is not null)
        {
            throw new NotSupportedByDeviceException("ReferenceCpu: faults asked for; it has none to give, an emulation has.");
        }
        (EnergyMeter? meter, string? noneBecause) = EnergyMeter.Find(options.PowerCapFolder);
        return new CpuDevice(options, request.Cores, time, meter, noneBecause);
    }
}
