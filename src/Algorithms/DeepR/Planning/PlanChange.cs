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
    /// The nearest changes of each kind that make a network fit: fewer lanes (where they were given), more cores, weights in external
    /// memory (of a network that is not trained), less connectivity in all layers alike (where no network is given). Empty where nothing
    /// helps. Where lanes were given that are too many even then, a change says how many are not.
    /// </summary>
    public static IReadOnlyList<PlanChange> Nearest(
        TrainingOptions options, DeviceInfo device, NetworkSnapshot? initial = null, NetworkUse use = NetworkUse.Training)
    {
        TrainingOptions streamed = options with { Weights = WeightPlacement.Dram };
        PlanChange?[] changes =
        [
            options.Lanes is null ? null : Change("", Plan(options, device)),
            MoreCores(options, ""),
            use == NetworkUse.Inference ? Change("--weights dram", Plan(streamed, device)) : null,
            initial is null ? LessConnectivity(options, device) : null,
        ];
        if (use == NetworkUse.Inference && changes.All(c => c is null))
        {
            changes = [MoreCores(streamed, "--weights dram")];
        }
        return [.. changes.OfType<PlanChange>()];

        MemoryPlan? Plan(TrainingOptions changed, DeviceInfo on) =>
            Fitting(MemoryPlan.Make(changed, on, initial, use)) ?? Fitting(MemoryPlan.Make(changed with { Lanes = null }, on, initial, use));

        PlanChange? Change(string change, MemoryPlan? plan) => plan is null ? null : new PlanChange(
            $"{change}{(options.Lanes is { } lanes && lanes != plan.Lanes ? $" --lanes {plan.Lanes}" : "")}".Trim(), plan);

        PlanChange? MoreCores(TrainingOptions changed, string with) => Fewest(device, cores => Plan(changed, device with { Cores = cores, Chips = 1 })) is { } enough
            ? Change($"--cores {enough.Cores} {with}".Trim(), enough.Plan)
            : null;
    }

    private static MemoryPlan? Fitting(MemoryPlan plan) => plan.Fits ? plan : null;

    /// <summary>The fewest cores, more than the device has, with which a plan fits.</summary>
    private static (int Cores, MemoryPlan Plan)? Fewest(DeviceInfo device, Func<int, MemoryPlan?> with)
    {
        // Twice as many until they suffice, then the fewest between: not one plan for each number.
        int tooFew = device.Cores;
        int enough = tooFew;
        MemoryPlan? plan = null;
        while (plan is null && enough < device.CoresAvailable)
        {
            tooFew = enough;
            enough = Math.Min(2 * enough, device.CoresAvailable);
            plan = with(enough);
        }
        while (plan is not null && enough - tooFew > 1)
        {
            int middle = (tooFew + enough) / 2;
            MemoryPlan? fewer = with(middle);
            (tooFew, enough, plan) = fewer is null ? (middle, enough, plan) : (tooFew, middle, fewer);
        }
        return plan is null ? null : (enough, plan);
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
