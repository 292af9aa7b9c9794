using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Planning;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Runs;

/// <summary>The most lanes that fit every one of some backends: with the same lanes, sums and so weights are the same.</summary>
internal static class SharedLanes
{
    /// <exception cref="PlanDoesNotFitException">The network fits one of them with no lanes at all.</exception>
    public static async Task<int> FindAsync(PluginCatalog plugins, IEnumerable<string> backends, RunSettings settings)
    {
        var fits = new List<Fit>();
        foreach (string backend in backends)
        {
            Fit fit = await Fit.FindAsync(plugins, backend, settings);
            fits.Add(fit.Misfit is { } misfit ? throw misfit : fit);
        }
        return Of(fits, settings);
    }

    /// <summary>Of those that the network fits; what it does not fit has no say.</summary>
    public static int Of(IEnumerable<Fit> fits, RunSettings settings) =>
        fits.Where(f => f.Misfit is null).Select(f => f.Plan.Lanes).Append(settings.Training.Minibatch).Min();
}
