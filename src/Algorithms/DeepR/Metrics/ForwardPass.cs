using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Metrics;

/// <summary>
/// Inference on the host, sixteen samples at a time, to see what is zero in it. It does what the kernels do, in their order and
/// rounding, so that an activation is zero here if and only if it is on a device; nothing runs on the device, so none of its figures change.
/// </summary>
internal static class ForwardPass
{
    private const float PixelScale = 1f / 255;

    private static readonly int _lanes = Vector512<float>.Count;

    /// <summary>The activity of what each layer of connections reads: of the pixels first, then of each hidden layer after its ReLU.</summary>
    public static IReadOnlyList<LayerActivity> CountInputs(NetworkSnapshot network, SampleSet samples)
    {
        if (network.Layers[0].Inputs != samples.PixelsPerSample)
        {
            throw new BadArgumentException($"The network has {network.Layers[0].Inputs} inputs, but samples have {samples.PixelsPerSample} pixels.");
        }
        if (!network.IsSound)
        {
            throw new BadArgumentException("The network has connections that lead out of their layer; it cannot be run.");
        }
        Connection[][] connections = [.. network.Layers.Select(l => l.Connections.ToArray())];
        Vector512<float>[][] values = [.. network.Layers.Select(l => new Vector512<float>[l.Inputs])];
        int[][] active = [.. network.Layers.Select(l => new int[l.Inputs])];
        bool[] binary = [.. network.Layers.Select(_ => true)];
        for (int first = 0; first < samples.Count; first += _lanes)
        {
            Bring(samples, first, values[0]);
            for (int i = 0; i < values.Length; i++)
            {
                if (i > 0)
                {
                    Step(connections[i - 1], values[i - 1], values[i], i == 1 ? PixelScale : 1);
                }
                binary[i] &= Count(values[i], active[i], one: i == 0 ? byte.MaxValue : 1);
            }
        }
        return [.. active.Zip(binary, (a, b) => new LayerActivity(a, b))];
    }

    /// <summary>Pixels as numbers from 0 to 255, a sample in each lane; lanes without one are 0.</summary>
    private static void Bring(SampleSet samples, int first, Span<Vector512<float>> pixels)
    {
        pixels.Clear();
        Span<float> to = MemoryMarshal.Cast<Vector512<float>, float>(pixels);
        for (int lane = 0; lane < Math.Min(_lanes, samples.Count - first); lane++)
        {
            ReadOnlySpan<byte> sample = samples.PixelsOf(first + lane);
            for (int i = 0; i < sample.Length; i++)
            {
                to[(i * _lanes) + lane] = sample[i];
            }
        }
    }

    /// <summary>Sums in the order of connections, each step rounded once, scaled at the end, then rectified.</summary>
    private static void Step(Connection[] layer, ReadOnlySpan<Vector512<float>> input, Span<Vector512<float>> output, float scale)
    {
        output.Clear();
        foreach (Connection connection in layer)
        {
            ref Vector512<float> sum = ref output[connection.Row];
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(connection.Weight), input[connection.Column], sum);
        }
        foreach (ref Vector512<float> value in output)
        {
            Vector512<float> sum = value * scale;
            value = Vector512.AndNot(sum, Vector512.LessThan(sum, Vector512<float>.Zero));
        }
    }

    /// <summary>Counts by neuron the lanes that are not zero.</summary>
    /// <returns>Whether all were 0, <paramref name="one"/> or minus that.</returns>
    private static bool Count(ReadOnlySpan<Vector512<float>> values, Span<int> active, float one)
    {
        bool binary = true;
        for (int i = 0; i < values.Length; i++)
        {
            Vector512<float> zero = Vector512.Equals(values[i], Vector512<float>.Zero);
            active[i] += _lanes - BitOperations.PopCount(zero.ExtractMostSignificantBits());
            Vector512<float> unit = Vector512.Equals(Vector512.Abs(values[i]), Vector512.Create(one));
            binary &= BitOperations.PopCount((zero | unit).ExtractMostSignificantBits()) == _lanes;
        }
        return binary;
    }
}
