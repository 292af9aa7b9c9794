using System.Runtime.CompilerServices;

[module: SkipLocalsInit]

namespace NeuroHal.Kernels;

/// <summary>What loops cost on a Cortex-M4 as a compiler writes them.</summary>
internal static class Loops
{
    /// <summary>One pass: count down with flags set, branch back.</summary>
    public static readonly WorkCounts PerIteration = new() { IntegerAlu = 1, BranchTaken = 1 };
}
