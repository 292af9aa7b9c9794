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
        int lanes = settings.Training.Minibatch;
        foreach (string backend in backends)
        {
            IDevice device = plugins.Open(backend, settings.Device);
            await using (device)
            {
                MemoryPlan plan = MemoryPlan.Make(settings.Training, device.Info, settings.Initial);
                lanes = plan.Fits ? Math.Min(lanes, plan.Lanes) : throw new PlanDoesNotFitException(plan, PlanChange.Nearest(settings.Training, device.Info, settings.Initial));
            }
        }
        return lanes;
    }
}
