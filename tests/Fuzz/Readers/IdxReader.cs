using System.Buffers.Binary;
using System.IO.Compression;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Sources;
using NeuroHal.Fuzz.Mutations;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A folder with a data set, one file of which is damaged: images or labels, plain or gzip.</summary>
internal sealed class IdxReader : FuzzedReader
{
    // Of this set no checksum is known, so that what is damaged gets as far as it can.
    private const string Set = "kmnist";
    private const int Images = 3;
    private const int Side = 4;

    private readonly string _folder;
    private readonly string _damaged;
    private readonly bool _gzip;
    private readonly DatasetCatalog _catalog;

    private IdxReader(string folder, int damaged, bool gzip)
    {
        _folder = folder;
        _gzip = gzip;
        byte[] images = ImagesFile(Images, Side), labels = LabelsFile(Images);
        for (int i = 0; i < KnownSet.Files.Count; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, KnownSet.Files[i]), i % 2 == 0 ? images : labels);
        }
        _damaged = Path.Combine(folder, KnownSet.Files[damaged]);
        byte[][] plain = damaged % 2 == 0
            ? [images, ImagesFile(Images, 28), ImagesFile(1, Side), [.. images, .. new byte[gzip ? 1 << 20 : 1 << 10]]]
            : [labels, LabelsFile(200), LabelsFile(1), [.. labels, .. new byte[1 << 10]]];
        Seeds = gzip ? [.. plain.Select(Compress), [.. Compress(plain[0][..7]), .. Compress(plain[0][7..])]] : plain;
        _catalog = new DatasetCatalog(new DatasetEnvironment { Folder = folder, Cache = folder });
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    // A kilobyte of gzip can hold a megabyte, so the bound is the input's own only where it is plain.
    public override long BytesForEach => _gzip ? 1100 : 8;

    public static IdxReader OfImages(string folder) => new(folder, damaged: 0, gzip: false);

    public static IdxReader OfLabels(string folder) => new(folder, damaged: 1, gzip: false);

    public static IdxReader OfGzip(string folder) => new(folder, damaged: 0, gzip: true);

    public override IEnumerable<string> Read(byte[] input)
    {
        File.WriteAllBytes(_damaged, input);
        Dataset set = _catalog.LoadAsync(Set).GetAwaiter().GetResult();
        return [set.Origin, set.Notice!];
    }

    protected override byte[] Mutate(byte[] input, Dice dice)
    {
        if (!_gzip || dice.OneIn(2))
        {
            return base.Mutate(input, dice);
        }
        // Damage beneath the compression, which is then whole.
        try
        {
            using var inflate = new GZipStream(new MemoryStream(input), CompressionMode.Decompress);
            var content = new byte[1 << 14];
            int length = inflate.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return Compress(base.Mutate(content[..length], dice));
        }
        catch (InvalidDataException)
        {
            return base.Mutate(input, dice);
        }
    }

    private static byte[] Compress(byte[] bytes)
    {
        var to = new MemoryStream();
        using (var deflate = new GZipStream(to, CompressionLevel.Fastest))
        {
            deflate.Write(bytes);
        }
        return to.ToArray();
    }

    private static byte[] ImagesFile(int count, int side) =>
        [.. Header(0x803, count, side, side), .. Enumerable.Range(0, count * side * side).Select(i => (byte)(i * 7))];

    private static byte[] LabelsFile(int count) => [.. Header(0x801, count), .. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];

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
