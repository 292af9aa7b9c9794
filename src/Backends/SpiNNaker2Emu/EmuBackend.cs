using NeuroHal.SpiNNaker2Emu.Faults;
using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

internal sealed class EmuBackend(EmuOptions options) : IBackend
{
    public string Id => "SpiNNaker2Emu";

    public string Description => "Emulation of the SpiNNaker 2 prototype: 4 Cortex-M4F cores of 64 KB; time and energy are modelled";

    public IDevice Open(DeviceRequest request)
    {
        DeviceProfile profile = ProfileFile.Load(options.Profile, request.Constants);
        if (request.Cores < 1 || request.Cores > profile.AllCores)
        {
            throw new NotSupportedByDeviceException(
                $"SpiNNaker2Emu: {request.Cores} cores asked for; profile '{profile.Name}' has 1 to {profile.AllCores}.");
        }
        LevelProfile[] levels = [.. profile.Levels];
        int level = request.Level is null ? levels.Length - 1 : Array.FindIndex(levels, l => l.Name == request.Level);
        if (level < 0)
        {
            throw new BadArgumentException(
                $"SpiNNaker2Emu: unknown performance level '{request.Level}'; profile '{profile.Name}' has "
                + $"{string.Join(", ", levels.Select(l => l.Name))}.{NearestName.Question(request.Level!, levels.Select(l => l.Name))}");
        }
        FaultPlan? faults = request.Faults is null ? profile.Faults : FaultPlanFile.Load(request.Faults);
        return new EmuDevice(profile, options, request.Cores, level, PowerPolicies.Get(request.Policy), faults);
    }
}
