using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Training;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Tests;

/// <summary>
/// Training as one would write it down: no device, no kernels, no exchange. Errors are added up in the order that is documented for
/// a number of cores. One sample at a time, without noise, momentum and rewiring.
/// </summary>
internal sealed class PlainTraining(NetworkSnapshot network, TrainingOptions options, Partition partition)
{
    private const float Pixel = 1f / 255;

    private readonly Weight[][] _layers = [.. network.Layers.Select(l => l.Connections.Select(c => new Weight(c)).ToArray())];
    private readonly int _last = network.Layers.Count - 1;

    public NetworkSnapshot Network => new([.. network.Layers.Select((l, i) => l with
    {
        Connections = [.. _layers[i].Select(w => new Connection((ushort)w.Row, (ushort)w.Column, w.Theta, w.Negative))],
    })]);

    public void Train(SampleSet samples, int epoch)
    {
        var order = new SampleOrder(options.Seed, epoch, samples.Count);
        for (int i = 0; i < samples.Count; i++)
        {
            int pixels = samples.PixelsPerSample;
            Train(samples.Pixels.Slice(order[i] * pixels, pixels).ToArray(), samples.Labels.Span[order[i]]);
        }
    }

    private void Train(byte[] pixels, int label)
    {
        var inputs = new float[_last + 2][];
        inputs[0] = [.. pixels.Select(p => (float)p)];
        for (int i = 0; i <= _last; i++)
        {
            var sums = new float[options.Layers[i + 1]];
            foreach (Weight w in _layers[i])
            {
                sums[w.Row] = MathF.FusedMultiplyAdd(w.Value, inputs[i][w.Column], sums[w.Row]);
            }
            inputs[i + 1] = [.. sums.Select(s => s * Scale(i)).Select(s => i < _last && s < 0 ? 0 : s)];
        }
        float[] error = Softmax(inputs[_last + 1], label);
        for (int i = _last; i >= 0; i--)
        {
            float[] below = i > 0 ? Back(i, error, inputs[i]) : [];
            foreach (Weight w in _layers[i])
            {
                float gradient = inputs[i][w.Column] * Scale(i) * error[w.Row];
                float drift = -((w.Negative ? -gradient : gradient) + options.L1);
                w.Theta = MathF.FusedMultiplyAdd(drift, options.LearningRate, w.Theta);
            }
            error = below;
        }
    }

    private float[] Back(int layer, float[] error, float[] activation)
    {
        float[][] parts = [.. Enumerable.Range(0, partition.Grid.Cores).Select(_ => new float[activation.Length])];
        foreach (Weight w in _layers[layer].Where(w => error[w.Row] != 0))
        {
            ref float sum = ref parts[Owner(layer, w.Row)][w.Column];
            sum = MathF.FusedMultiplyAdd(w.Value, error[w.Row], sum);
        }
        return [.. activation.Select((a, neuron) => a > 0 ? Sum(parts, Owner(layer - 1, neuron), 0, neuron) : 0)];
    }

    /// <summary>A core's sum from a stage on: its own, then those of the cores it meets, by place; each after the stages behind it.</summary>
    private float Sum(float[][] parts, int core, int stage, int neuron)
    {
        CoreGrid grid = partition.Grid;
        if (stage == grid.Stages)
        {
            return parts[core][neuron];
        }
        float sum = Sum(parts, core, stage + 1, neuron);
        for (int place = 0; place < grid.Size(stage); place++)
        {
            int other = grid.Partner(core, stage, place);
            sum += other == core ? 0 : Sum(parts, other, stage + 1, neuron);
        }
        return sum;
    }

    private int Owner(int layer, int neuron) => Enumerable.Range(0, partition.Grid.Cores)
        .Single(core => partition[layer, core] is var share && neuron >= share.First && neuron < share.First + share.Rows);

    private static float Scale(int layer) => layer == 0 ? Pixel : 1;

    private static float[] Softmax(float[] sums, int label)
    {
        float[] powers = [.. sums.Select(s => Elementary.Exp(s - sums.Max()))];
        float total = powers.Aggregate(0f, (sum, p) => sum + p);
        float share = 1 / total;
        return [.. powers.Select((p, i) => (p * share) - (i == label ? 1 : 0))];
    }

    private sealed class Weight(Connection connection)
    {
        public int Row => connection.Row;

        public int Column => connection.Column;

        public bool Negative => connection.Negative;

        public float Theta { get; set; } = connection.Theta;

        public float Value => Negative ? -Theta : Theta;
    }
}
