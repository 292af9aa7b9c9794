using System.Runtime.CompilerServices;
using NeuroHal.Kernels;

namespace NeuroHal.Calibration.Cases;

/// <summary>A kernel's number and arguments as <c>calls.c</c> takes them: numbers as they are, buffers by their offset.</summary>
internal sealed record FirmwareCall(uint Kernel, params IReadOnlyList<uint> Arguments)
{
    /// <summary>Arguments that the harness has room for.</summary>
    public const int Room = 64;

    // The numbers of enum kernel in calls.c.
    private const uint ReluNumber = 1;

    /// <summary>The one place where kernels here and in the firmware meet.</summary>
    public static FirmwareCall Of<TKernel>(TKernel kernel)
        where TKernel : struct, IKernel =>
        kernel switch
        {
            Relu relu => new(ReluNumber, At(relu.Values), (uint)relu.Values.Length),
            _ => throw new BadArgumentException($"calls.c has no kernel '{kernel.Name}'."),
        };

    private static uint At<T>(SramRange<T> range)
        where T : struct =>
        (uint)(range.Buffer.Offset + (range.Start * Unsafe.SizeOf<T>()));
}
