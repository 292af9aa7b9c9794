using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal.ReferenceCpu;

namespace NeuroHal.TestPlugins.Diverging;

/// <summary>The CPU, whose seventh update of weights is off by three units in the last place.</summary>
public sealed class Entry : IBackendPlugin
{
    public void Register(IServiceCollection services, IConfiguration configuration)
    {
        var cpu = new ServiceCollection();
        new CpuPlugin().Register(cpu, configuration);
        services.AddSingleton<IBackend>(new Backend(cpu.BuildServiceProvider().GetRequiredService<IBackend>()));
    }

    private sealed class Backend(IBackend cpu) : IBackend
    {
        public string Id => "Diverging";

        public string Description => "A CPU that is a little wrong";

        public IDevice Open(DeviceRequest request) => new SlippingDevice(
            cpu.Open(request), new Slip(SlipKind.Nudge, 0, 7) { Kernel = "sparse-update", Buffer = "layer 2 theta", Element = 41, Ulps = 3 });
    }
}
