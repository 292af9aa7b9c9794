using NeuroHal.DeepR.Training;

namespace NeuroHal.Exchange.C;

/// <summary>
/// Images with the class and the sums that a network's code in C must come to, as a header: for who wants to know that what was flashed
/// computes what was exported.
/// </summary>
public sealed class CTestVectors
{
    private readonly string _name;
    private readonly SampleSet _images;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _metadata;
    private readonly float[][] _sums;

    /// <summary>Prepares images.</summary>
    /// <param name="arithmetic">What the code computes.</param>
    /// <param name="name">What the code's names begin with, as <see cref="CNetwork.Name"/>.</param>
    /// <param name="images">Images of as many pixels as the network reads.</param>
    /// <param name="count">How many of them to take, the first ones.</param>
    /// <param name="metadata">Where the images come from and what else is to be known, by name.</param>
    /// <exception cref="BadArgumentException">A sum is no finite number.</exception>
    public CTestVectors(CArithmetic arithmetic, string name, SampleSet images, int count, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        (_name, _images, _metadata) = (name, images, metadata);
        _sums = [.. Enumerable.Range(0, count).Select(i => arithmetic.Sums(images.PixelsOf(i)))];
        if (_sums.Index().FirstOrDefault(s => !s.Item.All(float.IsFinite)) is (var image, not null))
        {
            throw new BadArgumentException($"The network's sums of image {image} are no finite numbers, so it has no test vectors.");
        }
    }

    /// <summary>Flash that the constants take where all are used.</summary>
    public Bytes Constants => new((long)_sums.Length * (_images.PixelsPerSample + sizeof(ushort) + (sizeof(float) * _sums[0].Length)));

    /// <summary>The header.</summary>
    public string Header
    {
        get
        {
            string upper = _name.ToUpperInvariant();
            int[] classes = [.. _sums.Select(CArithmetic.Class)];
            int right = classes.Where((c, i) => c == _images.Labels.Span[i]).Count();
            return CText.Lines(
                [
                    .. CText.Title(
                        $"Test vectors of {_name}.h: images, and the class and the sums that {_name}_classify must come to. {right} of the {_sums.Length} classes are those of the images' labels.",
                        _metadata),
                    $"#ifndef {upper}_TEST_H",
                    $"#define {upper}_TEST_H",
                    "",
                    $"#include \"{_name}.h\"",
                    "",
                    $"/* Bytes in flash: {Constants.Count}. */",
                    $"#define {upper}_TESTS {_sums.Length}",
                    "",
                    $"static const uint8_t {_name}_test_pixels[{upper}_TESTS][{upper}_PIXELS] = {{",
                    .. Rows(i => _images.PixelsOf(i).ToArray().Select(p => CText.Of(p))),
                    "};",
                    $"static const uint16_t {_name}_test_classes[{upper}_TESTS] = {{",
                    $"{CText.Table(classes.Select(CText.Of))}}};",
                    "/* To the bit where there is a fused multiply-add. */",
                    $"static const float {_name}_test_sums[{upper}_TESTS][{upper}_CLASSES] = {{",
                    .. Rows(i => _sums[i].Select(CText.Of)),
                    "};",
                    "",
                    "#endif",
                ]);
        }
    }

    private IEnumerable<string> Rows(Func<int, IEnumerable<string>> row) => Enumerable.Range(0, _sums.Length).Select(i => $"    {{\n{CText.Table(row(i))}    }},");
}
