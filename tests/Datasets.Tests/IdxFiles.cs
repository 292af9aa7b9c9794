using System.Buffers.Binary;
using System.IO.Compression;

namespace NeuroHal.Datasets.Tests;

/// <summary>Writes sets in the IDX format.</summary>
internal static class IdxFiles
{
    public static byte[] Images(int count, int size = 28, byte ink = 7) => [.. Header(0x803, count, size, size), .. Enumerable.Repeat(ink, count * size * size)];

    public static byte[] Labels(params byte[] labels) => [.. Header(0x801, labels.Length), .. labels];

    /// <summary>Four files: three images to train on, two to test with.</summary>
    public static void WriteSet(string folder, byte ink = 7, bool gzip = false)
    {
        Directory.CreateDirectory(folder);
        byte[][] contents = [Images(3, ink: ink), Labels(0, 1, 9), Images(2, ink: ink), Labels(4, 5)];
        foreach ((string name, byte[] content) in Sources.KnownSet.Files.Zip(contents))
        {
            File.WriteAllBytes(Path.Combine(folder, gzip ? name + ".gz" : name), gzip ? Gzip(content) : content);
        }
    }

    public static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }
        return compressed.ToArray();
    }

    public static byte[] Header(uint magic, params int[] sizes)
    {
        var header = new byte[4 * (1 + sizes.Length)];
        BinaryPrimitives.WriteUInt32BigEndian(header, magic);
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 * (i + 1)), sizes[i]);
        }
        return header;
    }
}
