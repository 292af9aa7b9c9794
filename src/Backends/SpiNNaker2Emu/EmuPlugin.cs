using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>Registers the SpiNNaker 2 emulation.</summary>
public sealed class EmuPlugin : IBackendPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => EmuOptions.Read(configuration));
        services.AddSingleton<IBackend, EmuBackend>();
    }
}
