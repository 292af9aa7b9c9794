using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Planning;

/// <summary>What will be in each core's SRAM, made before anything is allocated.</summary>
/// <param name="Lanes">The samples a core works on at once.</param>
/// <param name="Cores">The share of each core that has one.</param>
/// <param name="Idle">
/// The cores that have none: cores exchange what they have in groups, for which their number must not have a prime factor
/// above 31.
/// </param>
public sealed record MemoryPlan(int Lanes, IReadOnlyList<CorePlan> Cores, int Idle)
{
    /// <summary>Whether every core has room for its share.</summary>
    public bool Fits => Cores.All(c => c.Fits);

    /// <summary>What represents the network itself: positions, amplitudes, signs and counts of all cores' connections, at their capacity.</summary>
    public Bytes Model => Cores.Aggregate(Bytes.Zero, (sum, c) => sum + c.Model);

    /// <summary>
    /// Plans a network for a device: with the lanes asked for, else with the largest divisor of the minibatch that
    /// fits, else (to show by how much it does not fit) with one lane.
    /// </summary>
    /// <param name="options">The settings.</param>
    /// <param name="device">The device.</param>
    /// <param name="initial">The network to begin with; null where connections are drawn.</param>
    /// <exception cref="BadArgumentException">A setting is not legal, or the given network is not one of these settings.</exception>
    public static MemoryPlan Make(TrainingOptions options, DeviceInfo device, NetworkSnapshot? initial = null)
    {
        options.Validate();
        if (initial is not null)
        {
            GivenNetwork.Require(initial, options);
        }
        if (options.Lanes is int lanes)
        {
            return Make(options, device, lanes, initial);
        }
        return Enumerable.Range(1, options.Minibatch)
            .Where(n => options.Minibatch % n == 0)
            .OrderDescending()
            .Select(n => Make(options, device, n, initial))
            .FirstOrDefault(plan => plan.Fits) ?? Make(options, device, 1, initial);
    }

    private static MemoryPlan Make(TrainingOptions options, DeviceInfo device, int lanes, NetworkSnapshot? initial)
    {
        var partition = new Partition(options, device.Cores, device.Chips, initial);
        int cores = partition.Grid.Cores;
        CorePlan[] plans = [.. Enumerable.Range(0, cores).Select(core =>
        {
            var ledger = new SramLedger(device.SramPerCore);
            var share = NetworkShare.Allocate(ledger, options, partition, core, lanes);
            // Where the device sets no limit the host does, and that counts only for what exceeds it.
            bool limited = device.SramIsLimited || ledger.End > device.SramPerCore;
            return new CorePlan(core, limited ? device.SramPerCore : null, ledger.End, ledger.Map) { Model = share.Model };
        })];
        return new MemoryPlan(lanes, plans, device.Cores - cores);
    }
}

/// <summary>What will be in one core's SRAM.</summary>
/// <param name="Core">The core.</param>
/// <param name="Capacity">All it has; null where the device sets no limit.</param>
/// <param name="Needed">What the regions take, alignment included.</param>
/// <param name="Regions">Who will hold what, in order of address.</param>
public sealed record CorePlan(int Core, Bytes? Capacity, Bytes Needed, IReadOnlyList<SramRegion> Regions)
{
    /// <summary>Whether there is room for all of it.</summary>
    public bool Fits => Capacity is not { } capacity || Needed <= capacity;

    /// <summary>What represents its part of the network, in SRAM or in external memory; nothing that only training needs.</summary>
    public required Bytes Model { get; init; }
}

/// <summary>A plan does not fit the device; nothing was allocated.</summary>
/// <param name="plan">The plan.</param>
/// <param name="nearest">Changes that would make it fit.</param>
public sealed class PlanDoesNotFitException(MemoryPlan plan, IReadOnlyList<PlanChange> nearest)
    : CapacityExceededException(Describe(plan, nearest))
{
    /// <summary>The plan.</summary>
    public MemoryPlan Plan => plan;

    private static string Describe(MemoryPlan plan, IReadOnlyList<PlanChange> nearest)
    {
        CorePlan worst = plan.Cores.Where(c => !c.Fits).MaxBy(c => c.Needed)!;
        return $"The network does not fit: core {worst.Core} needs {worst.Needed} with {plan.Lanes} lane(s), "
            + $"but has {worst.Capacity}. " + (nearest.Count == 0
                ? "No lower connectivity, fewer lanes or more cores would make it fit."
                : $"It would fit with {string.Join(", or with ", nearest.Select(c => c.Change))}.");
    }
}
