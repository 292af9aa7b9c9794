using System.Runtime.CompilerServices;

namespace NeuroHal.Tests;

internal static class DataVariable
{
    /// <summary>
    /// A relative NEUROHAL_DATA is meant from where the tests were started; the runner changes folder before the first test.
    /// </summary>
    [ModuleInitializer]
    public static void MakeAbsolute()
    {
        const string Variable = "NEUROHAL_DATA";
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
        {
            Environment.SetEnvironmentVariable(Variable, Path.GetFullPath(folder));
        }
    }
}
