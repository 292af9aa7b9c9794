using System.Runtime.CompilerServices;

namespace NeuroHal.Cli.Tests;

internal static class Offline
{
    /// <summary>Tests and the processes that they start stay off the net: nothing listens there. Set before anything looks for a proxy.</summary>
    [ModuleInitializer]
    public static void Stay()
    {
        foreach (string variable in new[] { "HTTPS_PROXY", "HTTP_PROXY" })
        {
            Environment.SetEnvironmentVariable(variable, "http://127.0.0.1:9");
        }
    }
}
