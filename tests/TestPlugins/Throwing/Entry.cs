using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace NeuroHal.TestPlugins;

public sealed class Entry : IBackendPlugin
{
    public Entry() => throw new InvalidOperationException("the board is not connected");

    public void Register(IServiceCollection services, IConfiguration configuration)
    {
    }
}
