using NeuroHal.Kernels;

namespace NeuroHal.Backends.Tests;

/// <summary>Steps of learning with one mistake.</summary>
internal static class WrongUpdate
{
    public static Action<SramView>? Of<T>(Fault fault, SparseUpdate<T> kernel) where T : struct => fault switch
    {
        Fault.UpdateForgetsL1 => sram => (kernel with { L1 = 0 }).Run(sram),
        Fault.UpdateForgetsMomentum => sram => (kernel with { Momentum = 0 }).Run(sram),
        Fault.UpdateRepeatsItsNoise when kernel.Noise > 0 => WrongKernels.ButKeeping<uint>(kernel, kernel.Streams),
        Fault.UpdateKeepsStoredGradients when kernel.Layer.Gradient.IsPresent => WrongKernels.ButKeeping<float>(kernel, kernel.Layer.Gradient),
        _ => null,
    };
}
