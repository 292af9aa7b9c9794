namespace NeuroHal.Cli.Inference;

/// <summary>What a network says to some images, and what asking it took.</summary>
internal sealed record PredictionDocument : InferenceDocument
{
    /// <param name="measured">What the device took.</param>
    /// <param name="images">What it says, image by image.</param>
    public PredictionDocument(InferenceDocument measured, IReadOnlyList<PredictedImage> images)
        : base(measured) => Images = images;

    public IReadOnlyList<PredictedImage> Images { get; }
}

/// <summary>What a network says to an image.</summary>
/// <param name="File">The image's file.</param>
/// <param name="Class">The class.</param>
/// <param name="Probabilities">By class.</param>
/// <param name="Steps">What was done to the image.</param>
internal sealed record PredictedImage(string File, int Class, IReadOnlyList<float> Probabilities, IReadOnlyList<string> Steps);
