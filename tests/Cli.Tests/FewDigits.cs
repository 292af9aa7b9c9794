using System.Buffers.Binary;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Digits;

namespace NeuroHal.Cli.Tests;

/// <summary>
/// The first of the built-in digits, as files: a run on them tests with a hundred images, where one on the built-in digits draws 24,000
/// and tests with 4,000, which mostly takes longer than what is tested.
/// </summary>
internal static class FewDigits
{
    /// <summary>Images to train on.</summary>
    public const int Train = 400;

    /// <summary>Images to test with.</summary>
    public const int Test = 100;

    private const string Folder = "digits";

    // A set whose files have no checksum that is known here, so that any are taken.
    private const string Set = "kmnist";

    private static readonly Lazy<Dataset> _digits = new(() => DigitsDataset.Generate(seed: 1, Train, Test));

    /// <summary>Says to take them.</summary>
    public static IReadOnlyList<string> Options { get; } = ["--dataset", Set, "--data", Folder];

    /// <summary>Puts them into the working folder.</summary>
    public static Neurohal WithFewDigits(this Neurohal neurohal)
    {
        string folder = Directory.CreateDirectory(Path.Combine(neurohal.Folder, Folder)).FullName;
        foreach ((string name, LabeledImages images) in new[] { ("train", _digits.Value.Train), ("t10k", _digits.Value.Test) })
        {
            File.WriteAllBytes(Path.Combine(folder, $"{name}-images-idx3-ubyte"), [.. Header(0x803, images.Count, images.Rows, images.Columns), .. images.Pixels.Span]);
            File.WriteAllBytes(Path.Combine(folder, $"{name}-labels-idx1-ubyte"), [.. Header(0x801, images.Count), .. images.Labels.Span]);
        }
        return neurohal;
    }

    private static byte[] Header(params int[] words)
    {
        var header = new byte[sizeof(int) * words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(sizeof(int) * i), words[i]);
        }
        return header;
    }
}
