using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NeuroHal.Checkpoints;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Exchange.C;

/// <summary>
/// A network as a header and a source in C99 for a microcontroller: constants in flash, one function that classifies an image. It needs
/// neither the heap nor a library, and computes what the kernels compute, operation by operation.
/// </summary>
public sealed partial class CNetwork
{
    private const int BytesOfEntry = sizeof(float) + sizeof(ushort);

    private readonly NetworkSnapshot _network;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _metadata;

    /// <summary>Prepares a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">What the files and all names in them begin with: a name in C.</param>
    /// <param name="metadata">What else is to be known, by name.</param>
    /// <exception cref="BadArgumentException">The name is none in C, or the network holds what is no finite number.</exception>
    public CNetwork(NetworkSnapshot network, string name, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        if (!CName().IsMatch(name))
        {
            throw new BadArgumentException(
                $"'{name}' cannot begin names in C; use at most 40 lower-case letters, digits and underscores, a letter first.");
        }
        int bad = network.Layers.Index().Where(l => l.Item.Connections.Any(c => !float.IsFinite(c.Theta))).Select(l => l.Index + 1).FirstOrDefault();
        if (bad > 0)
        {
            throw new BadArgumentException($"Layer {bad} holds an amplitude that is no finite number; such a network cannot be exported to C.");
        }
        (_network, Name, _metadata) = (network, name, metadata);
    }

    /// <summary>What the files and all names in them begin with.</summary>
    public string Name { get; }

    /// <summary>Flash that the constants take: 6 bytes for a connection, 4 for an output. The code comes to that.</summary>
    public Bytes Constants => new(_network.Layers.Where(l => l.Connections.Count > 0).Sum(l => ((long)l.Connections.Count * BytesOfEntry) + ((long)l.Outputs * sizeof(uint))));

    /// <summary>RAM that the activations between layers take. What is on the stack comes to that.</summary>
    public Bytes Ram => new(sizeof(float) * (HiddenWidth(0) + HiddenWidth(1)));

    /// <summary>The header.</summary>
    public string Header
    {
        get
        {
            string upper = Name.ToUpperInvariant();
            return Lines(
                [
                    Title("header"),
                    $"#ifndef {upper}_H",
                    $"#define {upper}_H",
                    "",
                    "#include <stdint.h>",
                    "",
                    $"/* Bytes: constants in flash {Constants.Count} (the code comes to that), activations in RAM {Ram.Count}. */",
                    $"#define {upper}_PIXELS {_network.Sizes[0]}",
                    $"#define {upper}_CLASSES {_network.Sizes[^1]}",
                    "",
                    "/* The class of an image of 8-bit pixels, 0 to 255, rows from the top; of equal sums the first counts. Sums are what",
                    "   a softmax makes probabilities of. Activations are kept in one place, so one call at a time. */",
                    $"int {Name}_classify(const uint8_t pixels[{upper}_PIXELS], float sums[{upper}_CLASSES]);",
                    "",
                    "#endif",
                ]);
        }
    }

    /// <summary>The source.</summary>
    public string Source => Lines([Title("source"), $"#include \"{Name}.h\"", "", .. _network.Connections > 0 ? Fused : [], "", .. _network.Layers.SelectMany((l, i) => Data(i, l)), .. Code]);

    /// <summary>Writes both files.</summary>
    /// <param name="folder">Where to.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public void Write(string folder)
    {
        foreach ((string suffix, string text) in new[] { (".h", Header), (".c", Source) })
        {
            DurableFile.Write(Path.Combine(folder, Name + suffix), stream => stream.Write(Encoding.ASCII.GetBytes(text)));
        }
    }

    // Hidden layers lie in two places by turns.
    private long HiddenWidth(int place) =>
        _network.Layers.SkipLast(1).Where((_, i) => i % 2 == place).Select(l => (long)l.Outputs).DefaultIfEmpty(0).Max();

    private string Title(string what) => Lines(
        [
            $"/* The {what} of a sparse network, made by neurohal export --format c.",
            .. _metadata.Select(m => $"   {Comment(m.Key)}: {Comment(m.Value)}"),
            "*/",
        ]).TrimEnd();

    private static IEnumerable<string> Data(int index, LayerSnapshot layer)
    {
        string number = $"{index + 1}";
        IReadOnlyList<Connection> all = layer.Connections;
        var ends = new int[layer.Outputs];
        foreach (Connection connection in all)
        {
            ends[connection.Row]++;
        }
        for (int row = 1; row < ends.Length; row++)
        {
            ends[row] += ends[row - 1];
        }
        yield return $"/* Layer {number}: {layer.Inputs} inputs, {layer.Outputs} outputs, {all.Count} connections, sorted by output, then input. */";
        if (all.Count > 0)
        {
            yield return $"static const uint32_t ends{number}[{layer.Outputs}] = {{";
            yield return $"{Table(ends.Select(e => e.ToString(CultureInfo.InvariantCulture)))}}};";
            yield return $"static const uint16_t columns{number}[{all.Count}] = {{";
            yield return $"{Table(all.Select(c => c.Column.ToString(CultureInfo.InvariantCulture)))}}};";
            yield return $"static const float weights{number}[{all.Count}] = {{";
            yield return $"{Table(all.Select(c => Literal(c.Negative ? -c.Theta : c.Theta)))}}};";
        }
        yield return "";
    }

    // Shortest digits that are this number and no other; compilers round them back to it.
    private static string Literal(float value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().ContainsAny('.', 'E') ? $"{digits}f" : $"{digits}.0f";
    }

    private static string Table(IEnumerable<string> items) => string.Concat(items.Chunk(12).Select(line => $"    {string.Join(", ", line)},\n"));

    private static string Comment(string text) =>
        new string([.. PrintableLine.Of(text).Select(c => char.IsAscii(c) ? c : '?')]).Replace("*/", "* /", StringComparison.Ordinal).Replace("/*", "/ *", StringComparison.Ordinal);

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,39}\z")]
    private static partial Regex CName();
}
