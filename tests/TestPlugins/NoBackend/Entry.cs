using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace NeuroHal.TestPlugins;

public sealed class Entry : IBackendPlugin
{
    public void Register(IServiceCollection services, IConfiguration configuration)
    {
    }
}
