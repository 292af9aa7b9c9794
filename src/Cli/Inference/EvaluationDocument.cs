using NeuroHal.Cli.Runs;
using NeuroHal.DeepR.Metrics;

namespace NeuroHal.Cli.Inference;

/// <summary>What testing a trained network came to.</summary>
internal sealed record EvaluationDocument : InferenceDocument
{
    /// <param name="measured">What the device took.</param>
    /// <param name="data">The test set.</param>
    /// <param name="accuracy">The share of images that the device classified rightly.</param>
    /// <param name="isThatOfTheRun">Whether that is what the network's run says; null where there is nothing to compare with.</param>
    /// <param name="metrics">Of the network on the test set.</param>
    /// <param name="confusion">Likewise.</param>
    public EvaluationDocument(
        InferenceDocument measured, LoadedDataset data, double accuracy, bool? isThatOfTheRun, NetworkMetrics metrics, ConfusionMatrix confusion)
        : base(measured)
    {
        Dataset = new TestSet(data.Name, data.Sha256, data.Origin, data.Test.Count);
        Accuracy = accuracy;
        IsThatOfTheRun = isThatOfTheRun;
        Metrics = metrics;
        // Counted on the host. A device that came to another number took some images for another class, and it is not known which.
        if (confusion.Correct == (int)Math.Round(accuracy * data.Test.Count))
        {
            Confusion = confusion.Counts;
            Classes = [.. confusion.Counts.Select((counts, index) => ClassResult.Of(index, counts))];
        }
    }

    public TestSet Dataset { get; }

    /// <summary>The share of images classified rightly, 0 to 1.</summary>
    public double Accuracy { get; }

    public bool? IsThatOfTheRun { get; }

    /// <summary>By class; null where the device and the host came to different numbers.</summary>
    public ClassResult[]? Classes { get; }

    /// <summary>[class that an image is of][class that it was taken for]; likewise.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Confusion { get; }

    public NetworkMetrics Metrics { get; }
}

/// <summary>What a network was tested on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">The digest of its images and labels, as hex.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="Test">The images it was tested on.</param>
internal sealed record TestSet(string Name, string Sha256, string Origin, int Test);

/// <summary>How the images of one class were classified.</summary>
/// <param name="Class">The class.</param>
/// <param name="Images">Its images.</param>
/// <param name="Correct">Those classified rightly.</param>
/// <param name="Accuracy">Their share; null where the class has no image.</param>
/// <param name="MostTakenFor">The other class that most of the rest were taken for, of equal ones the first; null where there are none.</param>
internal sealed record ClassResult(int Class, int Images, int Correct, double? Accuracy, int? MostTakenFor)
{
    public static ClassResult Of(int index, IReadOnlyList<int> counts)
    {
        int images = counts.Sum();
        int correct = counts[index];
        int? most = images == correct ? null : counts.Index().Where(c => c.Index != index).MaxBy(c => c.Item).Index;
        return new ClassResult(index, images, correct, images == 0 ? null : (double)correct / images, most);
    }
}
