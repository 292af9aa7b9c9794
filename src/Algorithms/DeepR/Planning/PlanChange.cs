using System.Globalization;
using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Planning;

/// <summary>A change that would make a plan fit.</summary>
/// <param name="Change">The change as options of the command line.</param>
/// <param name="Plan">The plan after it.</param>
public sealed record PlanChange(string Change, MemoryPlan Plan)
{
    private const int Steps = 100;

    /// <summary>
    /// The nearest changes of each kind that make a network fit: fewer lanes (where they were given), more cores, less
    /// connectivity in all layers alike (where no network is given). Empty where nothing helps.
    /// </summary>
    public static IReadOnlyList<PlanChange> Nearest(TrainingOptions options, DeviceInfo device, NetworkSnapshot? initial = null) =>
    [
        .. new[]
        {
            FewerLanes(options, device, initial),
            MoreCores(options, device, initial),
            initial is null ? LessConnectivity(options, device) : null,
        }.OfType<PlanChange>(),
    ];

    private static PlanChange? FewerLanes(TrainingOptions options, DeviceInfo device, NetworkSnapshot? initial)
    {
        MemoryPlan plan = MemoryPlan.Make(options with { Lanes = null }, device, initial);
        return options.Lanes is not null && plan.Fits ? new PlanChange($"--lanes {plan.Lanes}", plan) : null;
    }

    private static PlanChange? MoreCores(TrainingOptions options, DeviceInfo device, NetworkSnapshot? initial)
    {
        // Twice as many until they suffice, then the fewest between: not one plan for each number.
        int tooFew = device.Cores;
        int enough = tooFew;
        MemoryPlan? plan = null;
        while (plan is null && enough < device.CoresAvailable)
        {
            tooFew = enough;
            enough = Math.Min(2 * enough, device.CoresAvailable);
            plan = With(enough);
        }
        while (plan is not null && enough - tooFew > 1)
        {
            int middle = (tooFew + enough) / 2;
            MemoryPlan? fewer = With(middle);
            (tooFew, enough, plan) = fewer is null ? (middle, enough, plan) : (tooFew, middle, fewer);
        }
        return plan is null ? null : new PlanChange($"--cores {enough}", plan);

        MemoryPlan? With(int cores) => MemoryPlan.Make(options, device with { Cores = cores, Chips = 1 }, initial) is { Fits: true } fits ? fits : null;
    }

    private static PlanChange? LessConnectivity(TrainingOptions options, DeviceInfo device)
    {
        for (int step = Steps - 1; step > 0; step--)
        {
            double[] shares = [.. options.Connectivity.Select(c => Math.Round(c * step / Steps, 6))];
            if (shares.Any(c => c <= 0))
            {
                return null;
            }
            TrainingOptions less = options with { Connectivity = shares };
            MemoryPlan plan = MemoryPlan.Make(less with { Lanes = null }, device);
            if (plan.Fits)
            {
                string text = string.Join(',', shares.Select(c => c.ToString(CultureInfo.InvariantCulture)));
                return new PlanChange($"--connectivity {text}", plan);
            }
        }
        return null;
    }
}
