using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal;

namespace WideMac;

/// <summary>Registers the backend; the one public class that the host looks for.</summary>
public sealed class WideMacPlugin : IBackendPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => WideMacOptions.Read(configuration));
        services.AddSingleton<IBackend, WideMacBackend>();
    }
}
