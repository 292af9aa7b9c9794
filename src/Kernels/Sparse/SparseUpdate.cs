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
        Span<float> slopes = stackalloc float[SparseSpans.Piece];
        Span<float> noise = stackalloc float[SparseSpans.Piece];
        Gradients<T> gradients = stored ? default : new(layer, sram.Span(OutputError), sram.Span(Input), Lanes);
        RandomStreams streams = Noise > 0 ? new RandomStreams(sram.Span(Streams)) : default;
        long nonZero = Sweep(layer, gradients, streams, stored, slopes, noise);
        return stored
            ? GradientWork<T>.OfStoredUpdate(layer.Count, Layer.Velocity.IsPresent, Noise > 0)
            : GradientWork<T>.OfUpdate(Lanes, layer.Count, nonZero, Layer.Velocity.IsPresent, Noise > 0);
    }

    /// <returns>The connections whose activation was not zero, where there is one lane.</returns>
    private long Sweep(
        SparseSpans layer, Gradients<T> gradients, RandomStreams streams, bool stored, Span<float> slopes, Span<float> noise)
    {
        int count = layer.Theta[..layer.Count].Length; // throws where that number is corrupted
        long nonZero = 0;
        for (int first = 0; first < count; first += slopes.Length)
        {
            int length = Math.Min(slopes.Length, count - first);
            if (stored)
            {
                Span<float> sums = layer.Gradient.Slice(first, length);
                sums.CopyTo(slopes);
                sums.Clear();
            }
            else
            {
                nonZero += gradients.Compute(first, slopes, length);
            }
            if (Noise > 0)
            {
                streams.FillNormals(noise[..RandomStreams.WholeBlocks(length)]);
            }
            Span<float> velocity = layer.Velocity.IsEmpty ? default : layer.Velocity.Slice(first, length);
            Step(layer.Theta.Slice(first, length), velocity, layer.Signs[(first >> 5)..], slopes, noise);
        }
        return nonZero;
    }

    [MethodImpl(HotLoop.Options)]
    private void Step(Span<float> theta, Span<float> velocity, Span<uint> signs, Span<float> slopes, Span<float> noise)
    {
        int whole = theta.Length & -Vector512<float>.Count;
        for (int i = 0; i < whole; i += Vector512<float>.Count)
        {
            Vector512<float> slope = SparseSpans.WithSigns(Vector512.Create<float>(slopes[i..]), signs[i >> 5] >> (i & 31));
            if (velocity.Length != 0)
            {
                slope = Vector512.FusedMultiplyAdd(Vector512.Create<float>(velocity[i..]), Vector512.Create(Momentum), slope);
                slope.CopyTo(velocity[i..]);
            }
            Vector512<float> drift = -(slope + Vector512.Create(L1));
            if (Noise > 0)
            {
                drift = Vector512.FusedMultiplyAdd(Vector512.Create<float>(noise[i..]), Vector512.Create(Noise), drift);
            }
            Vector512.FusedMultiplyAdd(drift, Vector512.Create(Rate), Vector512.Create<float>(theta[i..])).CopyTo(theta[i..]);
        }
        for (int i = whole; i < theta.Length; i++)
        {
            float slope = (signs[i >> 5] >> (i & 31) & 1) == 0 ? slopes[i] : -slopes[i];
            if (velocity.Length != 0)
            {
                slope = MathF.FusedMultiplyAdd(velocity[i], Momentum, slope);
                velocity[i] = slope;
            }
            float drift = -(slope + L1);
            drift = Noise > 0 ? MathF.FusedMultiplyAdd(noise[i], Noise, drift) : drift;
            theta[i] = MathF.FusedMultiplyAdd(drift, Rate, theta[i]);
        }
    }
}
