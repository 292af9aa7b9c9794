using System.Buffers.Binary;
using System.Text.Json;
using NeuroHal.Exchange.Npz;

namespace NeuroHal.Exchange.Safetensors;

/// <summary>
/// The safetensors format, <see href="https://github.com/huggingface/safetensors#format"/>: the header's length in eight bytes, a
/// header in JSON that says of each array its type, shape and place, then the arrays' elements without a gap.
/// </summary>
public static class SafetensorsFile
{
    private const int Prefix = sizeof(long);

    // Of the format's own implementation.
    private const long LongestHeader = 100_000_000;

    /// <summary>Writes arrays, so that the same arrays make the same bytes.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="arrays">The arrays by name.</param>
    /// <param name="metadata">What else is to be known, by name.</param>
    public static void Write(
        Stream stream, IEnumerable<KeyValuePair<string, NpyArray>> arrays, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        // The widest elements first, so that all are aligned.
        KeyValuePair<string, NpyArray>[] ordered = [.. arrays.OrderByDescending(a => NpyArray.SizeOf(a.Value.Type))];
        byte[] header = SafetensorsHeader.Of(ordered, metadata);
        int length = (header.Length + Prefix - 1) / Prefix * Prefix;
        Span<byte> prefix = stackalloc byte[Prefix];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, length);
        stream.Write(prefix);
        stream.Write(header);
        for (int i = header.Length; i < length; i++)
        {
            stream.WriteByte((byte)' ');
        }
        foreach ((_, NpyArray array) in ordered)
        {
            stream.Write(array.Bytes.Span);
        }
    }

    /// <summary>Reads all arrays of a file's content.</summary>
    /// <returns>The arrays by name.</returns>
    /// <exception cref="BadDataException">It is no such file, is damaged, or holds arrays that cannot be read here.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < Prefix)
        {
            throw new BadDataException("It is no safetensors file: it is shorter than its header's length.");
        }
        long length = BinaryPrimitives.ReadInt64LittleEndian(file.Span);
        if (length < 0 || length > Math.Min(LongestHeader, file.Length - Prefix))
        {
            throw new BadDataException($"It is no safetensors file: its header is to have {(ulong)length} B, but {file.Length - Prefix} B follow.");
        }
        ReadOnlyMemory<byte> content = file[(Prefix + (int)length)..];
        try
        {
            using var header = JsonDocument.Parse(file.Slice(Prefix, (int)length), new JsonDocumentOptions { MaxDepth = 8 });
            return SafetensorsHeader.Read(header.RootElement, content);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter of text that is half a character
        {
            throw new BadDataException($"It is no safetensors file: its header is no JSON: {PrintableLine.Of(e.Message)}", e);
        }
    }
}
