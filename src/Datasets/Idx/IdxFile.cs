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

    /// <summary>The most that a file holds: those of the known sets have 47 MB; a header that asks for more is taken for damage.</summary>
    public const long MostBytes = 1L << 26;

    // The most that deflate makes of a byte (zlib's manual, "Maximum expansion factor"): what is beyond is not in the file.
    private const long MostExpansion = 1032;

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
    public static bool Has(string file, string sha256) => Open(file, (content, _) =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[1 << 16];
        long left = MostBytes;
        for (int read; left >= 0 && (read = content.Read(chunk)) > 0; left -= read)
        {
            hash.AppendData(chunk, 0, read);
        }
        return left >= 0 && Convert.ToHexStringLower(hash.GetHashAndReset()) == sha256;
    });

    private static (int[] Sizes, ReadOnlyMemory<byte> Data) Read(string file, uint magic, string what, string? sha256) =>
        Open(file, (content, most) =>
        {
            byte[] header = ReadHeader(file, content, magic, what);
            int[] sizes = Sizes(file, header);
            long expected = sizes.Aggregate(1L, (product, size) => product * size);
            // Room is made for what the header asks for, but never for more than can be in the file.
            var data = new byte[Math.Min(expected, most)];
            int found = content.ReadAtLeast(data, data.Length, throwOnEndOfStream: false);
            if (found < expected)
            {
                throw new BadDataException($"{file}: truncated: {found} bytes of data, but its header gives {expected}.");
            }
            if (content.ReadByte() >= 0)
            {
                throw new BadDataException($"{file}: has bytes left over after the {expected} bytes of data that its header gives.");
            }
            Verify(file, header, data, sha256);
            return (sizes, (ReadOnlyMemory<byte>)data);
        });

    private static byte[] ReadHeader(string file, Stream content, uint magic, string what)
    {
        int dimensions = (int)(magic & 0xFF);
        var header = new byte[sizeof(uint) * (1 + dimensions)];
        int length = content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        uint found = length >= sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(header) : 0;
        if (found != magic)
        {
            throw new BadDataException($"{file}: magic number 0x{found:x8}; a file of IDX {what} begins with 0x{magic:x8}.");
        }
        return length == header.Length
            ? header
            : throw new BadDataException($"{file}: truncated within its header, at {length} of {header.Length} bytes.");
    }

    private static int[] Sizes(string file, byte[] header)
    {
        var sizes = new int[(header.Length / sizeof(uint)) - 1];
        long expected = 1;
        for (int i = 0; i < sizes.Length; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(sizeof(uint) * (1 + i)));
            expected *= size;
            if (size == 0 || expected > MostBytes)
            {
                throw new BadDataException($"{file}: its header gives {size} as size {i + 1} of {sizes.Length}; that cannot be.");
            }
            sizes[i] = (int)size;
        }
        return sizes;
    }

    private static void Verify(string file, byte[] header, byte[] data, string? sha256)
    {
        if (sha256 is null)
        {
            return;
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        hash.AppendData(data);
        string actual = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (actual != sha256)
        {
            throw new BadDataException($"{file}: SHA-256 of its content is {actual}; expected {sha256}. Remove or replace it.");
        }
    }

    /// <summary>Opens a file, and gives its content and the most bytes that it can hold.</summary>
    private static T Open<T>(string file, Func<Stream, long, T> read)
    {
        try
        {
            using FileStream raw = File.OpenRead(file);
            if (!raw.CanSeek)
            {
                throw new BadDataException($"{file}: not a file but a pipe or a device.");
            }
            bool gzip = raw.ReadByte() == 0x1f && raw.ReadByte() == 0x8b;
            raw.Position = 0;
            if (!gzip)
            {
                return read(raw, raw.Length);
            }
            using var inflated = new GZipStream(raw, CompressionMode.Decompress);
            return read(inflated, raw.Length * MostExpansion);
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
