namespace NeuroHal.Datasets.Digits;

/// <summary>
/// The built-in digits: ten classes of 28 x 28 pixels, drawn with random style, slant, size, place, bend, thickness,
/// clutter and noise. The same seed gives the same bytes on every host; sample i depends on the seed and i only.
/// </summary>
public static class DigitsDataset
{
    /// <summary>The height and width of an image.</summary>
    public const int Size = 28;

    private const int Classes = 10;
    private const int TrainCount = 20_000;
    private const int TestCount = 4_000;

    // Test samples are numbered from here, so that no training set, however long, shares one.
    private const int FirstTest = 1 << 30;

    /// <summary>Draws 20,000 images to train on and 4,000 to test with, or as many as asked for.</summary>
    public static Dataset Generate(ulong seed, int train = TrainCount, int test = TestCount)
    {
        LabeledImages trainImages = Draw(seed, 0, train);
        LabeledImages testImages = Draw(seed, FirstTest, test);
        return new Dataset
        {
            Name = DatasetCatalog.BuiltInDigits,
            Origin = $"built-in generator, seed {seed}",
            Sha256 = Dataset.Hash(trainImages, testImages),
            Classes = Classes,
            Train = trainImages,
            Test = testImages,
        };
    }

    private static LabeledImages Draw(ulong seed, int first, int count)
    {
        var pixels = new byte[count * Size * Size];
        var labels = new byte[count];
        Parallel.For(0, count, i =>
        {
            var random = new SampleRandom(seed, first + i);
            labels[i] = (byte)random.Below(Classes);
            DigitPainter.Paint(labels[i], ref random, pixels.AsSpan(i * Size * Size, Size * Size));
        });
        return new LabeledImages(Size, Size, pixels, labels);
    }
}
