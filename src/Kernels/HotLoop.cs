using System.Runtime.CompilerServices;

// Scratch on the stack is written before it is read.
[module: SkipLocalsInit]

namespace NeuroHal.Kernels;

/// <summary>How the innermost loops are compiled.</summary>
internal static class HotLoop
{
    /// <summary>
    /// By itself, so that its values have the registers to themselves, and optimised from the first call on: the first
    /// epoch is as fast as the others.
    /// </summary>
    public const MethodImplOptions Options = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;
}
