using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace NeuroHal;

/// <summary>
/// A plugin's entry: its assembly has exactly one public class that implements this and has a parameterless
/// constructor.
/// </summary>
public interface IBackendPlugin
{
    /// <summary>Registers the plugin's <see cref="IBackend"/> and what it needs.</summary>
    /// <param name="services">Where to register; nothing else's services are in it.</param>
    /// <param name="configuration">The plugin's own section, <c>backends:ID</c>; reading it is the plugin's business.</param>
    void Register(IServiceCollection services, IConfiguration configuration);
}
