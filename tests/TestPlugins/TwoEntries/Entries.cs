using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace NeuroHal.TestPlugins;

public sealed class First : IBackendPlugin
{
    public void Register(IServiceCollection services, IConfiguration configuration)
    {
    }
}

public sealed class Second : IBackendPlugin
{
    public void Register(IServiceCollection services, IConfiguration configuration)
    {
    }
}
