using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace NeuroHal.Datasets.Idx;

/// <summary>
/// A file in the IDX format of the MNIST database (LeCun, Cortes and Burges), plain or gzip, decided by its content.
/// </summary>
internal static class IdxFile
{
    private const uint ImagesMagic = 0x00000803;
    private const uint LabelsMagic = 0x00000801;

    // The largest set of the family (EMNIST by class) has 548 MB; a header that asks for more is taken for damage.
    private const long MostBytes = 1L << 30;

    /// <summary>Reads a file of 8-bit images.</summary>
    /// <exception cref="BadDataException">It is not one; the message names file and defect.</exception>
    public static (int Rows, int Columns, ReadOnlyMemory<byte> Pixels) ReadImages(string file, string? sha256)
    {
        (int[] sizes, ReadOnlyMemory<byte> data) = Read(file, ImagesMagic, "images", sha256);
        return (sizes[1], sizes[2], data);
    }

    /// <summary>Reads a file of labels.</summary>
    /// <exception cref="BadDataException">It is not one, or a label is not below <paramref name="classes"/>.</exception>
    public static ReadOnlyMemory<byte> ReadLabels(string file, int classes, string? sha256)
    {
        ReadOnlyMemory<byte> labels = Read(file, LabelsMagic, "labels", sha256).Data;
        int wrong = labels.Span.IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        return wrong < 0
            ? labels
            : throw new BadDataException($"{file}: label {labels.Span[wrong]} at {wrong}; labels are 0 to {classes - 1}.");
    }

    /// <summary>Whether a file's uncompressed content has this SHA-256.</summary>
    public static bool Has(string file, string sha256) => Convert.ToHexStringLower(SHA256.HashData(Content(file))) == sha256;

    private static (int[] Sizes, ReadOnlyMemory<byte> Data) Read(string file, uint magic, string what, string? sha256)
    {
        byte[] bytes = Content(file);
        int dimensions = (int)(magic & 0xFF);
        int header = sizeof(uint) * (1 + dimensions);
        uint found = bytes.Length >= sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
        if (found != magic)
        {
            throw new BadDataException($"{file}: magic number 0x{found:x8}; a file of IDX {what} begins with 0x{magic:x8}.");
        }
        if (bytes.Length < header)
        {
            throw new BadDataException($"{file}: truncated within its header, at {bytes.Length} of {header} bytes.");
        }
        var sizes = new int[dimensions];
        long expected = 1;
        for (int i = 0; i < dimensions; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(sizeof(uint) * (1 + i)));
            expected *= size;
            if (size == 0 || expected > MostBytes)
            {
                throw new BadDataException($"{file}: its header gives {size} as size {i + 1} of {dimensions}; that cannot be.");
            }
            sizes[i] = (int)size;
        }
        if (bytes.Length - header != expected)
        {
            string defect = bytes.Length - header < expected ? "truncated" : "has bytes left over";
            throw new BadDataException(
                $"{file}: {defect}: {bytes.Length - header} bytes of data, but its header gives {expected}.");
        }
        Verify(file, bytes, sha256);
        return (sizes, bytes.AsMemory(header));
    }

    private static void Verify(string file, byte[] bytes, string? sha256)
    {
        if (sha256 is null)
        {
            return;
        }
        string actual = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (actual != sha256)
        {
            throw new BadDataException($"{file}: SHA-256 of its content is {actual}; expected {sha256}. Remove or replace it.");
        }
    }

    private static byte[] Content(string file)
    {
        try
        {
            using FileStream raw = File.OpenRead(file);
            bool gzip = raw.ReadByte() == 0x1f && raw.ReadByte() == 0x8b;
            raw.Position = 0;
            using Stream stream = gzip ? new GZipStream(raw, CompressionMode.Decompress) : raw;
            using var content = new MemoryStream();
            var chunk = new byte[1 << 20];
            for (int read; (read = stream.Read(chunk)) > 0;)
            {
                content.Write(chunk, 0, read);
                if (content.Length > MostBytes + 64)
                {
                    throw new BadDataException($"{file}: more than {MostBytes} bytes; that is no set of this family.");
                }
            }
            return content.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new BadDataException($"{file}: its gzip compression is damaged: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadDataException($"{file}: {e.Message}", e);
        }
    }
}
