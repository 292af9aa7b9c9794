using NeuroHal.Calibration.Machine;
using NeuroHal.Calibration.Tracing;

namespace NeuroHal.Calibration.Trainings;

/// <summary>A part of a training on both sides.</summary>
internal sealed class TrainingPart
{
    // By the object files that have their code; what is neither is the loop around the kernels.
    private static readonly Dictionary<string, string> _kernelOf = new()
    {
        ["sparse_forward.o"] = "sparse-forward",
        ["sparse_backward.o"] = "sparse-backward",
        ["sparse_update.o"] = "sparse-update",
        ["prune_negative.o"] = "prune-negative",
        ["insert_at_free.o"] = "insert-at-free",
        ["random_fill.o"] = "initialise-theta",
        ["dense_relu.o"] = "relu",
        ["dense_errors.o"] = "sum-errors",
        ["dense_softmax.o"] = "softmax-cross-entropy",
        ["elementary.o"] = "softmax-cross-entropy",
    };

    /// <param name="execution">What the machine code executed.</param>
    /// <param name="kernels">The emulator's counters by kernel.</param>
    /// <param name="busy">All its cycles.</param>
    /// <param name="prices">Cycles of each class.</param>
    public TrainingPart(Execution execution, IReadOnlyList<KernelCounters> kernels, long busy, Prices prices)
    {
        IReadOnlyDictionary<string, Histogram> files = execution.ByFile();
        Kernels =
        [
            .. kernels.Select(k => new TrainedKernel(
                k.Name,
                k.Calls,
                files.Where(f => _kernelOf.GetValueOrDefault(f.Key) == k.Name).Sum(f => f.Value.Cycles(prices)),
                k.Busy.Count - (k.Calls * prices.KernelCall))),
        ];
        TracedLoop = files.Where(f => !kernels.Select(k => k.Name).Contains(_kernelOf.GetValueOrDefault(f.Key))).Sum(f => f.Value.Cycles(prices));
        EmulatedCalls = Calls * prices.KernelCall;
        Transfers = busy - kernels.Sum(k => k.Busy.Count);
    }

    public IReadOnlyList<TrainedKernel> Kernels { get; }

    public long Calls => Kernels.Sum(k => k.Calls);

    /// <summary>Cycles of the code around the kernels, in which their calls are.</summary>
    public double TracedLoop { get; }

    /// <summary>What the emulator takes for calls.</summary>
    public double EmulatedCalls { get; }

    /// <summary>What the emulator takes for starting transfers, of which the firmware has none.</summary>
    public long Transfers { get; }

    public double TracedCycles => Kernels.Sum(k => k.TracedCycles) + TracedLoop;

    /// <summary>Without transfers.</summary>
    public double EmulatedCycles => Kernels.Sum(k => k.EmulatedCycles) + EmulatedCalls;

    public double Error => (EmulatedCycles / TracedCycles) - 1;
}

/// <summary>All calls of a kernel.</summary>
/// <param name="Name">The kernel.</param>
/// <param name="Calls">How many there were.</param>
/// <param name="TracedCycles">By the trace, the function's prologue included.</param>
/// <param name="EmulatedCycles">By the counts of work, without what a call takes as such.</param>
internal sealed record TrainedKernel(string Name, long Calls, double TracedCycles, double EmulatedCycles);
