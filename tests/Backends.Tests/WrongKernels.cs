using NeuroHal.Kernels;

namespace NeuroHal.Backends.Tests;

/// <summary>What a backend runs in a kernel's place.</summary>
internal readonly record struct NativeKernel(string Name, Action<SramView> Body) : IKernel
{
    public WorkCounts Run(SramView sram)
    {
        Body(sram);
        return WorkCounts.None;
    }
}

/// <summary>Native versions of kernels, each with one mistake.</summary>
internal static class WrongKernels
{
    /// <summary>The version that a fault is about, or null where it is not about that kernel.</summary>
    public static NativeKernel? Of<TKernel>(Fault fault, TKernel kernel) where TKernel : struct, IKernel
    {
        Action<SramView>? body = (object)kernel switch
        {
            SparseForward<float> k => WrongForward.Of(fault, k),
            SparseForward<byte> k => WrongForward.Of(fault, k),
            SparseGradient<float> k => OfGradient(fault, k, k.Layer),
            SparseGradient<byte> k => OfGradient(fault, k, k.Layer),
            SparseUpdate<float> k => WrongUpdate.Of(fault, k),
            SparseUpdate<byte> k => WrongUpdate.Of(fault, k),
            InsertAtFree k => WrongRewiring.Of(fault, k),
            PruneNegative k => WrongRewiring.Of(fault, k),
            _ => Of(fault, (object)kernel),
        };
        return body is null ? null : new NativeKernel(kernel.Name, body);
    }

    /// <summary>Runs a kernel as it is, but leaves a buffer as it was.</summary>
    public static Action<SramView> ButKeeping<T>(IKernel kernel, SramRange<T> kept) where T : struct => sram =>
    {
        T[] before = sram.Span(kept).ToArray();
        kernel.Run(sram);
        before.CopyTo(sram.Span(kept));
    };

    private static Action<SramView>? OfGradient(Fault fault, IKernel kernel, SparseMatrix layer)
    {
        switch (fault)
        {
            case Fault.GradientForgetsTheLanesBefore:
                return sram =>
                {
                    sram.Span(layer.Gradient)[..sram.Span(layer.Count)[0].Now].Clear();
                    kernel.Run(sram);
                };
            default:
                return null;
        }
    }

    private static Action<SramView>? Of(Fault fault, object kernel)
    {
        switch (fault, kernel)
        {
            case (Fault.BackwardAddsToOldErrors, SparseBackward k):
                return sram =>
                {
                    float[] old = sram.Span(k.InputError).ToArray();
                    k.Run(sram);
                    Add(sram.Span(k.InputError), old);
                };
            case (Fault.ReluPassesNegatives, Relu):
                return _ => { };
            case (Fault.ReluGoesBeyondItsRange, Relu k):
                return sram => new Relu(k.Values.Buffer).Run(sram);
            case (Fault.SoftmaxForgetsTheScale, SoftmaxCrossEntropy k):
                return sram => (k with { Scale = 1 }).Run(sram);
            case (Fault.SoftmaxCountsEmptyLanes, SoftmaxCrossEntropy k):
                return sram =>
                    (k with { Shape = k.Shape with { Active = k.Shape.Lanes } }).Run(sram);
            case (Fault.SumErrorsForgetsTheLastCore, SumErrors k) when k.Parts.Length > 0:
                return sram =>
                    (k with { Parts = k.Parts with { Length = k.Parts.Length - k.Error.Length } }).Run(sram);
            case (Fault.SumErrorsIgnoresActivations, SumErrors k):
                return sram =>
                {
                    for (int part = 0; part < k.Parts.Length; part += k.Error.Length)
                    {
                        Add(sram.Span(k.Error), sram.Span(k.Parts)[part..]);
                    }
                };
            case (Fault.ClassifyTakesTheLastOfEquals, Classify k):
                return sram =>
                {
                    // As if a later output of the same height were higher.
                    Span<float> sums = sram.Span(k.Sums);
                    float[] before = sums.ToArray();
                    for (int i = 0; i < sums.Length; i++)
                    {
                        sums[i] += i / k.Shape.Lanes * 1e-4f;
                    }
                    k.Run(sram);
                    before.CopyTo(sums);
                };
            case (Fault.InterleaveLeavesEmptyLanes, InterleavePixels k):
                return sram =>
                {
                    byte[] before = sram.Span(k.Input).ToArray();
                    k.Run(sram);
                    for (int i = 0; i < before.Length; i++)
                    {
                        sram.Span(k.Input)[i] = i % k.Lanes < k.Active ? sram.Span(k.Input)[i] : before[i];
                    }
                };
            case (Fault.UniformsReachOne, FillUniform k):
                return sram =>
                {
                    k.Run(sram);
                    foreach (ref float x in sram.Span(k.Destination))
                    {
                        x = 1 - x;
                    }
                };
            case (Fault.NormalsForgetTheirState, FillNormal k):
                return ButKeeping<uint>(k, k.Streams);
            case (Fault.NormalsAreTooWide, FillNormal k):
                return sram => (k with { Deviation = k.Deviation * 1.0001f }).Run(sram);
            case (Fault.InitialisesBelowZero, InitialiseTheta k):
                return sram =>
                {
                    k.Run(sram);
                    Span<float> theta = sram.Span(k.Layer.Theta)[..sram.Span(k.Layer.Count)[0].Now];
                    foreach (ref float x in theta)
                    {
                        x = -x;
                    }
                };
            case (Fault.PrunesHalfTheShare, PruneSmallest k):
                return sram => (k with { Fraction = k.Fraction / 2 }).Run(sram);
            default:
                return null;
        }
    }

    private static void Add(Span<float> to, ReadOnlySpan<float> more)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += more[i];
        }
    }
}
