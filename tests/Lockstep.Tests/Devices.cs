using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal.ReferenceCpu;
using NeuroHal.SpiNNaker2Emu;
using NeuroHal.TestPlugins.Diverging;

namespace NeuroHal.Lockstep.Tests;

/// <summary>The two backends, as they are or with a slip.</summary>
internal static class Devices
{
    public static IDevice Open(string backend, int cores = 1, Slip? slip = null)
    {
        IBackendPlugin plugin = backend == "ReferenceCpu" ? new CpuPlugin() : new EmuPlugin();
        var services = new ServiceCollection();
        plugin.Register(services, new ConfigurationBuilder().Build());
        IDevice device = services.BuildServiceProvider().GetRequiredService<IBackend>().Open(new DeviceRequest { Cores = cores });
        return new ValidatingDevice(slip is null ? device : new SlippingDevice(device, slip));
    }
}
