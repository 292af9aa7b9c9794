using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Planning;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Comparisons;

/// <summary>A preset on a backend.</summary>
/// <param name="Settings">What is asked for: backend, preset, and lanes that all backends which this preset fits have room for.</param>
/// <param name="Misfit">Why it does not fit; null where it does.</param>
/// <param name="Result">What it came to; null where it does not fit, or has not run yet.</param>
internal sealed record ComparedRun(RunSettings Settings, PlanDoesNotFitException? Misfit, RunResult? Result = null)
{
    public string Backend => Settings.Backend;

    public string Preset => Settings.Preset;

    /// <summary>How it is spoken of.</summary>
    public string Name => $"{Preset} on {Backend}";

    /// <summary>Every preset on every backend, preset by preset, planned before anything runs.</summary>
    /// <exception cref="PlanDoesNotFitException">None of them fits.</exception>
    public static async Task<IReadOnlyList<ComparedRun>> PlanAsync(PluginCatalog plugins, IReadOnlyList<string> backends, IReadOnlyList<RunSettings> presets)
    {
        var pairs = new List<ComparedRun>();
        foreach (RunSettings preset in presets)
        {
            var fits = new List<Fit>();
            foreach (string backend in backends)
            {
                fits.Add(await Fit.FindAsync(plugins, backend, preset));
            }
            RunSettings shared = preset with { Training = preset.Training with { Lanes = SharedLanes.Of(fits, preset) } };
            pairs.AddRange(fits.Select(f => new ComparedRun(shared with { Backend = f.Backend }, f.Misfit)));
        }
        return pairs.Any(p => p.Misfit is null) ? pairs : throw pairs[0].Misfit!;
    }
}
