using NeuroHal.Calibration.Machine;
using NeuroHal.Calibration.Tracing;

namespace NeuroHal.Calibration.Cases;

/// <summary>A case as the machine code did it beside what the emulator says of it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Run">On the emulator.</param>
/// <param name="Execution">What the machine code executed.</param>
/// <param name="Difference">Where its output differs; null where it does not.</param>
/// <param name="Prices">Cycles of each class.</param>
internal sealed record Outcome(KernelCase Case, KernelRun Run, Execution Execution, string? Difference, Prices Prices)
{
    private const double FewCycles = 5;

    /// <summary>By the trace.</summary>
    public Histogram Traced { get; } = Execution.Total;

    /// <summary>By the kernel's counts of work.</summary>
    public Histogram Counted { get; } = Histogram.Of(Run.Work);

    public double TracedCycles => Traced.Cycles(Prices);

    /// <summary>The kernel's own, as the trace has them: the call is its caller's, and is compared where kernels are called.</summary>
    public double EmulatedCycles => Run.Cycles - Prices.KernelCall;

    public double Error => (EmulatedCycles - TracedCycles) / TracedCycles;

    /// <summary>
    /// Whether cycles are within a share of each other; of shapes that take hardly any, within what a branch more or less
    /// makes.
    /// </summary>
    public bool IsWithin(double share) => Math.Abs(EmulatedCycles - TracedCycles) <= Math.Max(share * TracedCycles, FewCycles);
}
