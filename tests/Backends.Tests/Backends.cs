using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal.ReferenceCpu;
using NeuroHal.SpiNNaker2Emu;

namespace NeuroHal.Backends.Tests;

/// <summary>The two backends as their plugins register them, without the loading of assemblies.</summary>
internal static class Backends
{
    public static IBackend Cpu(params (string Key, string Value)[] settings) => Of(new CpuPlugin(), settings);

    public static IBackend Emu(params (string Key, string Value)[] settings) => Of(new EmuPlugin(), settings);

    public static IDevice Open(this IBackend backend, int cores = 1) => Open(backend, new DeviceRequest { Cores = cores });

    public static IDevice Open(this IBackend backend, DeviceRequest request) => new ValidatingDevice(backend.Open(request));

    private static IBackend Of(IBackendPlugin plugin, (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        plugin.Register(services, new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
        return services.BuildServiceProvider().GetRequiredService<IBackend>();
    }
}
