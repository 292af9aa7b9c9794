namespace NeuroHal;

/// <summary>An ability: tells counters by kernel.</summary>
public interface IKernelProfile
{
    /// <summary>What each core's kernels took in a phase, since the device was opened or its state restored.</summary>
    IReadOnlyList<KernelCounters> ReadKernels(Phase phase);
}

/// <summary>What all calls of one kernel on one core took.</summary>
/// <param name="Core">The core.</param>
/// <param name="Name">The kernel's name.</param>
/// <param name="Calls">How often it ran.</param>
/// <param name="Busy">Its cycles.</param>
/// <param name="Time">Its time.</param>
/// <param name="Energy">
/// What switched while it ran, and the core's static energy in that time; without that of transfers and waiting.
/// </param>
public sealed record KernelCounters(int Core, string Name, long Calls, Cycles Busy, SimTime Time, Joules Energy);
