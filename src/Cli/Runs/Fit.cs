using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Planning;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Runs;

/// <summary>Whether a network fits a backend's device, learnt before anything runs.</summary>
/// <param name="Backend">The backend's id, as its plugin spells it.</param>
/// <param name="Plan">What would be in memory.</param>
/// <param name="Misfit">What is missing and what would help; null where it fits.</param>
internal sealed record Fit(string Backend, MemoryPlan Plan, PlanDoesNotFitException? Misfit)
{
    public static async Task<Fit> FindAsync(PluginCatalog plugins, string backend, RunSettings settings)
    {
        IDevice device = plugins.Open(backend, settings.Device);
        await using (device)
        {
            MemoryPlan plan = MemoryPlan.Make(settings.Training, device.Info, settings.Initial);
            string id = plugins.Plugins.Single(p => p.Manifest.Id.Equals(backend, StringComparison.OrdinalIgnoreCase)).Manifest.Id;
            return new Fit(id, plan, plan.Fits ? null : new PlanDoesNotFitException(plan, PlanChange.Nearest(settings.Training, device.Info, settings.Initial)));
        }
    }
}
