using System.Text.RegularExpressions;

namespace NeuroHal.Exchange.C;

/// <summary>
/// A network as a header and a source in C99 for a microcontroller: constants in flash, one function that classifies an image. It needs
/// neither the heap nor a library, and computes what the kernels compute, operation by operation. C++ can call it.
/// </summary>
public sealed partial class CNetwork
{
    private readonly IReadOnlyList<CLayer> _layers;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _metadata;
    private readonly CWeights _weights;

    /// <summary>Prepares a network.</summary>
    /// <param name="arithmetic">The network.</param>
    /// <param name="name">What the files and all names in them begin with: a name in C.</param>
    /// <param name="metadata">What else is to be known, by name.</param>
    /// <exception cref="BadArgumentException">The name is none in C.</exception>
    public CNetwork(CArithmetic arithmetic, string name, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        if (!CName().IsMatch(name))
        {
            throw new BadArgumentException(
                $"'{name}' cannot begin names in C; use at most 40 lower-case letters, digits and underscores, a letter first.");
        }
        (_layers, _weights, Name, _metadata) = (arithmetic.Layers, arithmetic.Weights, name, metadata);
    }

    /// <summary>What the files and all names in them begin with.</summary>
    public string Name { get; }

    /// <summary>Flash that the constants take: 6 bytes for a connection (3 with weights of 8 bits), 4 for an output. The code comes to that.</summary>
    public Bytes Constants => new(_layers.Where(l => l.Columns.Length > 0).Sum(l => ((long)l.Columns.Length * BytesOfEntry) + ((long)l.Outputs * sizeof(uint))));

    /// <summary>RAM that the activations between layers take. What is on the stack comes to that.</summary>
    public Bytes Ram => new(sizeof(float) * (HiddenWidth(0) + HiddenWidth(1)));

    /// <summary>The header.</summary>
    public string Header
    {
        get
        {
            string upper = Name.ToUpperInvariant();
            return CText.Lines(
                [
                    .. Title("header"),
                    $"#ifndef {upper}_H",
                    $"#define {upper}_H",
                    "",
                    "#include <stdint.h>",
                    "",
                    $"/* Bytes: constants in flash {Constants.Count} (the code comes to that), activations in RAM {Ram.Count}. */",
                    $"#define {upper}_PIXELS {_layers[0].Inputs}",
                    $"#define {upper}_CLASSES {_layers[^1].Outputs}",
                    "",
                    "#ifdef __cplusplus",
                    "extern \"C\" {",
                    "#endif",
                    "",
                    "/* The class of an image of 8-bit pixels, 0 to 255, rows from the top; of equal sums the first counts. Sums are what",
                    "   a softmax makes probabilities of. Activations are kept in one place, so one call at a time. */",
                    $"int {Name}_classify(const uint8_t pixels[{upper}_PIXELS], float sums[{upper}_CLASSES]);",
                    "",
                    "#ifdef __cplusplus",
                    "}",
                    "#endif",
                    "",
                    "#endif",
                ]);
        }
    }

    /// <summary>The source.</summary>
    public string Source => CText.Lines(
        [
            .. Title("source"), $"#include \"{Name}.h\"", "", .. _layers.Any(l => l.Columns.Length > 0) ? Fused : [], "", .. _layers.SelectMany((l, i) => Data(i, l)), .. Code,
        ]);

    private int BytesOfEntry => (_weights == CWeights.Int8 ? sizeof(sbyte) : sizeof(float)) + sizeof(ushort);

    // Hidden layers lie in two places by turns.
    private long HiddenWidth(int place) =>
        _layers.SkipLast(1).Where((_, i) => i % 2 == place).Select(l => (long)l.Outputs).DefaultIfEmpty(0).Max();

    private IEnumerable<string> Title(string what) => CText.Title($"The {what} of a sparse network, made by neurohal export --format c.", _metadata);

    private IEnumerable<string> Data(int index, CLayer layer)
    {
        string number = $"{index + 1}";
        int connections = layer.Columns.Length;
        yield return $"/* Layer {number}: {layer.Inputs} inputs, {layer.Outputs} outputs, {connections} connections, sorted by output, then input. */";
        if (connections > 0)
        {
            yield return $"static const uint32_t ends{number}[{layer.Outputs}] = {{";
            yield return $"{CText.Table(layer.Ends.Select(CText.Of))}}};";
            yield return $"static const uint16_t columns{number}[{connections}] = {{";
            yield return $"{CText.Table(layer.Columns.Select(c => CText.Of(c)))}}};";
            yield return _weights == CWeights.Int8 ? $"static const int8_t weights{number}[{connections}] = {{" : $"static const float weights{number}[{connections}] = {{";
            yield return $"{CText.Table(layer.Weights.Select(w => _weights == CWeights.Int8 ? CText.Of((int)w) : CText.Of(w)))}}};";
        }
        yield return "";
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,39}\z")]
    private static partial Regex CName();
}
