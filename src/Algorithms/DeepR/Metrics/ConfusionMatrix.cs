using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Metrics;

/// <summary>What classes a network takes the samples of each class for.</summary>
/// <param name="Counts">[class that a sample is of][class that it was taken for].</param>
public sealed record ConfusionMatrix(IReadOnlyList<IReadOnlyList<int>> Counts)
{
    /// <summary>The samples classified rightly.</summary>
    public int Correct => Counts.Index().Sum(row => row.Item[row.Index]);

    /// <summary>
    /// Counts on the host, by the same operations in the same order as on a device: the classes are those that a device without faults
    /// gives, whatever it is.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">What is classified.</param>
    /// <exception cref="BadArgumentException">The network is not sound, reads another number of pixels than samples have, or has no output for a label.</exception>
    public static ConfusionMatrix Of(NetworkSnapshot network, SampleSet samples)
    {
        int classes = network.Layers[^1].Outputs;
        int[] given = ForwardPass.Classes(network, samples);
        var counts = new int[classes][];
        for (int i = 0; i < classes; i++)
        {
            counts[i] = new int[classes];
        }
        for (int i = 0; i < given.Length; i++)
        {
            int label = samples.Labels.Span[i];
            counts[label < classes ? label : throw new BadArgumentException($"Sample {i} has the label {label}, but the network has {classes} outputs.")][given[i]]++;
        }
        return new ConfusionMatrix(counts);
    }
}
