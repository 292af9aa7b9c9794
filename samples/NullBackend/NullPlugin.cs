using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal;

namespace NullBackend;

/// <summary>The one public class that the host looks for.</summary>
public sealed class NullPlugin : IBackendPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton<IBackend, NullBackend>();
}
