namespace NeuroHal;

/// <summary>
/// A piece of work on one core: it does its work on the core's SRAM and says what the work was.
/// </summary>
/// <remarks>
/// Implement it as a small <c>readonly struct</c> of buffer handles and scalars. <see cref="Run"/> is the portable
/// implementation; since every backend can run it, results are bit-identical by construction. A backend may recognise
/// a kernel's type and run its own version, as long as SRAM holds the same bits afterwards. A kernel keeps nothing
/// between calls and allocates nothing on the host.
/// </remarks>
public interface IKernel
{
    /// <summary>The name shown in profiles, such as <c>sparse-forward</c>.</summary>
    string Name { get; }

    /// <summary>Does the work.</summary>
    /// <param name="sram">The memory of the core it runs on.</param>
    /// <returns>The operations a Cortex-M4F would have executed, counted as they happened.</returns>
    WorkCounts Run(SramView sram);
}
