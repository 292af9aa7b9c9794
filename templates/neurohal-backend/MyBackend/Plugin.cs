using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal;

namespace MyBackend;

/// <summary>Registers the backend; the one public class that the host looks for.</summary>
public sealed class Plugin : IBackendPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton<IBackend, Backend>();
}
