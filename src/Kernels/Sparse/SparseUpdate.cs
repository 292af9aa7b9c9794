using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuroHal.Kernels;

/// <summary>
/// One step of learning: theta += rate * (-dE/dtheta - L1 + noise), the update of DEEP R (Bellec et al., "Deep
/// Rewiring: training very sparse deep networks", ICLR 2018), where dE/dtheta is the sign times dE/d(weight). With
/// momentum, dE/dtheta is replaced by velocity = momentum * velocity + dE/dtheta.
/// </summary>
/// <typeparam name="T">The input: float activations, or 8-bit pixels, which count as 0 to 1.</typeparam>
public readonly record struct SparseUpdate<T> : IKernel
    where T : struct
{
    // Theta, sign's bit and its exclusive-or with the gradient; minus L1, times rate, written back.
    private static readonly WorkCounts _perEntry = new WorkCounts
    {
        Load = 1,
        Store = 1,
        IntegerAlu = 3,
        FloatConvert = 2,
        FloatAdd = 1,
        FloatMultiplyAdd = 1,
    }
    + Loops.PerIteration;

    private static readonly WorkCounts _perVelocity = new() { Load = 1, FloatMultiplyAdd = 1, Store = 1 };

    // A stored gradient is read and cleared.
    private static readonly WorkCounts _perStored = new() { Load = 1, Store = 1 };

    private static readonly WorkCounts _perNoise = FillNormal.PerNormal + new WorkCounts { FloatMultiplyAdd = 1 };

    /// <summary>The connections. Velocity, where present, is used; gradient, where present, is used and cleared.</summary>
    public required SparseMatrix Layer { get; init; }

    /// <summary>dE/d(sum) of each output, [outputs][lanes]; not looked at where the layer stores its gradient.</summary>
    public required SramRange<float> OutputError { get; init; }

    /// <summary>[inputs][lanes]; not looked at where the layer stores its gradient.</summary>
    public required SramRange<T> Input { get; init; }

    /// <summary>The samples worked on at once.</summary>
    public required int Lanes { get; init; }

    /// <summary>The learning rate.</summary>
    public required float Rate { get; init; }

    /// <summary>The L1 regularisation, drawing every theta towards 0.</summary>
    public float L1 { get; init; }

    /// <summary>The share of the velocity that is kept from step to step, for layers that have one.</summary>
    public float Momentum { get; init; }

    /// <summary>The standard deviation of the noise; 0 draws none.</summary>
    public float Noise { get; init; }

    /// <summary>State of the random streams, <see cref="RandomStreams.StateWords"/> words; for noise only.</summary>
    public SramBuffer<uint> Streams { get; init; }

    /// <inheritdoc/>
    public string Name => "sparse-update";

    /// <inheritdoc/>
    public WorkCounts Run(SramView sram)
    {
        SparseSpans layer = Layer.Open(sram);
        bool stored = Layer.Gradient.IsPresent;
        var gradient = new GradientBlock<T>(layer, sram.Span(OutputError), sram.Span(Input), Lanes);
        RandomStreams streams = Noise > 0 ? new RandomStreams(sram.Span(Streams)) : default;
        long nonZero = Sweep(layer, gradient, ref streams, stored);
        if (Noise > 0)
        {
            streams.Save();
        }
        WorkCounts perEntry = _perEntry;
        perEntry = Layer.Velocity.IsPresent ? perEntry + _perVelocity : perEntry;
        perEntry = Noise > 0 ? perEntry + _perNoise : perEntry;
        return (perEntry * layer.Count) + (stored ? _perStored * layer.Count : gradient.Work(nonZero));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Sweep(SparseSpans layer, GradientBlock<T> gradient, ref RandomStreams streams, bool stored)
    {
        int count = layer.Count;
        long nonZero = 0;
        Span<float> block = stackalloc float[RandomStreams.Block];
        Span<float> scratch = stackalloc float[RandomStreams.Block];
        for (int first = 0; first < count; first += RandomStreams.Block)
        {
            int length = Math.Min(RandomStreams.Block, count - first);
            if (stored)
            {
                Span<float> sums = layer.Gradient.Slice(first, length);
                sums.CopyTo(block);
                sums.Clear();
            }
            else
            {
                nonZero += gradient.Compute(first, block);
            }
            Vector512<float> slope = WithSigns(Vector512.Create<float>(block), layer.Signs[first >> 5] >> (first & 31));
            if (!layer.Velocity.IsEmpty)
            {
                Span<float> velocity = layer.Velocity.Slice(first, length);
                slope = Vector512.FusedMultiplyAdd(Load(velocity, scratch), Vector512.Create(Momentum), slope);
                Store(slope, velocity, scratch);
            }
            Vector512<float> drift = -(slope + Vector512.Create(L1));
            if (Noise > 0)
            {
                drift = Vector512.FusedMultiplyAdd(streams.NextNormals(), Vector512.Create(Noise), drift);
            }
            Span<float> theta = layer.Theta.Slice(first, length);
            Store(Vector512.FusedMultiplyAdd(drift, Vector512.Create(Rate), Load(theta, scratch)), theta, scratch);
        }
        return nonZero;
    }

    /// <summary>Flips the elements whose bit is set.</summary>
    private static Vector512<float> WithSigns(Vector512<float> values, uint bits)
    {
        Vector512<uint> own = Vector512.Create(
            1u, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7,
            1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15);
        Vector512<uint> set = Vector512.Equals(Vector512.Create(bits) & own, own);
        return values ^ (set & Vector512.Create(0x80000000u)).AsSingle();
    }

    private static Vector512<float> Load(Span<float> from, Span<float> scratch)
    {
        if (from.Length == RandomStreams.Block)
        {
            return Vector512.Create<float>(from);
        }
        from.CopyTo(scratch);
        return Vector512.Create<float>(scratch);
    }

    private static void Store(Vector512<float> value, Span<float> to, Span<float> scratch)
    {
        if (to.Length == RandomStreams.Block)
        {
            value.CopyTo(to);
            return;
        }
        value.CopyTo(scratch);
        scratch[..to.Length].CopyTo(to);
    }
}
