namespace NeuroHal.Cli.Tests;

/// <summary>
/// The environment and the working folder of this process, lent to one run of the command line after the other: both belong to the
/// process, whichever of its threads asks.
/// </summary>
/// <remarks>Whatever else tests do meanwhile must ask for neither: absolute paths, and no variable that <see cref="Neurohal"/> sets.</remarks>
internal sealed class Surroundings : IDisposable
{
    private static readonly SemaphoreSlim _one = new(1);

    private readonly string _folder = Directory.GetCurrentDirectory();
    private readonly Dictionary<string, string?> _before = [];

    private Surroundings(string folder, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        foreach ((string variable, string? value) in environment.Where(v => v.Value != Environment.GetEnvironmentVariable(v.Key)))
        {
            _before[variable] = Environment.GetEnvironmentVariable(variable);
            Environment.SetEnvironmentVariable(variable, value);
        }
        Directory.SetCurrentDirectory(folder);
    }

    /// <summary>Waits for them and sets them, until this is disposed of.</summary>
    public static async Task<Surroundings> EnterAsync(string folder, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        return new Surroundings(folder, environment);
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_folder);
        foreach ((string variable, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(variable, value);
        }
        _one.Release();
    }
}
