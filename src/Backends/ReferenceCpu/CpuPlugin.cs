using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace NeuroHal.ReferenceCpu;

/// <summary>Registers the CPU backend.</summary>
public sealed class CpuPlugin : IBackendPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => CpuOptions.Read(configuration));
        services.AddSingleton<IBackend, CpuBackend>();
    }
}
