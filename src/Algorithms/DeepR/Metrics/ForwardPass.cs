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
        int[][] active = [.. network.Layers.Select(l => new int[l.Inputs])];
        bool[] binary = [.. network.Layers.Select(_ => true)];
        Run(network, samples, (first, values) =>
        {
            for (int i = 0; i < active.Length; i++)
            {
                binary[i] &= Count(values[i], active[i], one: i == 0 ? byte.MaxValue : 1);
            }
        });
        return [.. active.Zip(binary, (a, b) => new LayerActivity(a, b))];
    }

    /// <summary>The class of each sample: the highest of the last layer's sums, of equal ones the first.</summary>
    public static int[] Classes(NetworkSnapshot network, SampleSet samples)
    {
        var classes = new int[samples.Count];
        Run(network, samples, (first, values) =>
        {
            for (int lane = 0; lane < Math.Min(_lanes, samples.Count - first); lane++)
            {
                classes[first + lane] = Highest(values[^1], lane);
            }
        });
        return classes;
    }

    /// <summary>Runs all samples.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="see">Is shown the first sample of each group, and what is at each layer of neurons: pixels, activations, the last sums.</param>
    private static void Run(NetworkSnapshot network, SampleSet samples, Action<int, Vector512<float>[][]> see)
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
        Vector512<float>[][] values = [.. network.Sizes.Select(neurons => new Vector512<float>[neurons])];
        for (int first = 0; first < samples.Count; first += _lanes)
        {
            Bring(samples, first, values[0]);
            for (int i = 0; i < connections.Length; i++)
            {
                Sum(connections[i], values[i], values[i + 1], i == 0 ? PixelScale : 1);
                if (i < connections.Length - 1)
                {
                    Rectify(values[i + 1]);
                }
            }
            see(first, values);
        }
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

    /// <summary>Sums in the order of connections, each step rounded once, scaled at the end.</summary>
    private static void Sum(Connection[] layer, ReadOnlySpan<Vector512<float>> input, Span<Vector512<float>> output, float scale)
    {
        output.Clear();
        foreach (Connection connection in layer)
        {
            ref Vector512<float> sum = ref output[connection.Row];
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(connection.Weight), input[connection.Column], sum);
        }
        foreach (ref Vector512<float> value in output)
        {
            value *= scale;
        }
    }

    private static void Rectify(Span<Vector512<float>> values)
    {
        foreach (ref Vector512<float> value in values)
        {
            value = Vector512.AndNot(value, Vector512.LessThan(value, Vector512<float>.Zero));
        }
    }

    private static int Highest(Vector512<float>[] sums, int lane)
    {
        int best = 0;
        for (int i = 1; i < sums.Length; i++)
        {
            best = sums[i][lane] > sums[best][lane] ? i : best;
        }
        return best;
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
