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
    /// <summary>What the network is on the device for.</summary>
    public NetworkUse Use { get; init; }

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
    /// <param name="use">What it is on the device for; what this does not need is not in the plan.</param>
    /// <exception cref="BadArgumentException">A setting is not legal, or the given network is not one of these settings.</exception>
    public static MemoryPlan Make(TrainingOptions options, DeviceInfo device, NetworkSnapshot? initial = null, NetworkUse use = NetworkUse.Training)
    {
        options.Validate();
        if (initial is not null)
        {
            GivenNetwork.Require(initial, options);
        }
        if (options.Lanes is int lanes)
        {
            return Make(options, device, lanes, initial, use);
        }
        return Enumerable.Range(1, options.Minibatch)
            .Where(n => options.Minibatch % n == 0)
            .OrderDescending()
            .Select(n => Make(options, device, n, initial, use))
            .FirstOrDefault(plan => plan.Fits) ?? Make(options, device, 1, initial, use);
    }

    private static MemoryPlan Make(TrainingOptions options, DeviceInfo device, int lanes, NetworkSnapshot? initial, NetworkUse use)
    {
        var partition = new Partition(options, device.Cores, device.Chips, initial, use);
        int cores = partition.Grid.Cores;
        CorePlan[] plans = [.. Enumerable.Range(0, cores).Select(core =>
        {
            var ledger = new SramLedger(device.SramPerCore);
            var share = NetworkShare.Allocate(ledger, options, partition, core, lanes, use);
            // Where the device sets no limit the host does, and that counts only for what exceeds it.
            bool limited = device.SramIsLimited || ledger.End > device.SramPerCore;
            return new CorePlan(core, limited ? device.SramPerCore : null, ledger.End, ledger.Map) { Model = share.Model };
        })];
        return new MemoryPlan(lanes, plans, device.Cores - cores) { Use = use };
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
        string trouble = $"The network does not fit: core {worst.Core} needs {worst.Needed} with {plan.Lanes} lane(s), but has {worst.Capacity}. ";
        string changes = string.Join(", or with ", nearest.Select(c => c.Change));
        return trouble + (plan.Use, nearest.Count) switch
        {
            (NetworkUse.Training, 0) => "No lower connectivity, fewer lanes or more cores would make it fit.",
            (NetworkUse.Training, _) => $"It would fit with {changes}.",
            // A network that is there is not made smaller.
            (_, 0) => "No fewer lanes, more cores and weights in external memory would make it fit; it takes a device with more memory a core, such as another profile.",
            _ => $"It would fit with {changes}, or on a device with more memory a core, such as another profile.",
        };
    }
}
