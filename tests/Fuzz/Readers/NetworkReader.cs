using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange;
using NeuroHal.Exchange.Npz;
using NeuroHal.Exchange.Onnx;
using NeuroHal.Exchange.Safetensors;
using NeuroHal.Fuzz.Mutations;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A network from elsewhere, which must then be one that settings can be made of.</summary>
internal sealed class NetworkReader : FuzzedReader
{
    private const int Prefix = sizeof(long);

    private readonly string _suffix;
    private readonly Func<byte[], Dice, byte[]?> _damageWithin;

    private NetworkReader(
        string suffix, Action<Stream, NetworkSnapshot> write, long bytesForEach, Func<byte[], Dice, IReadOnlyList<byte[]>, byte[]?> damageWithin, params IEnumerable<byte[]> more)
    {
        Seeds = [.. more, .. new[] { Network(3, 2), Network(9, 7, 5, 3), Network(1, 1) }.Select(network =>
        {
            using var stream = new MemoryStream();
            write(stream, network);
            return stream.ToArray();
        })];
        (_suffix, BytesForEach) = (suffix, bytesForEach);
        _damageWithin = (input, dice) => damageWithin(input, dice, Seeds);
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override long BytesForEach { get; }

    // A kilobyte of an archive can hold a megabyte.
    public static NetworkReader OfNpz() => new(".npz", (stream, network) => NpzFile.Write(stream, NetworkArchive.Arrays(network)), 8000, DamageEntry);

    public static NetworkReader OfSafetensors() => new(
        ".safetensors", (stream, network) => SafetensorsFile.Write(stream, NetworkArchive.Arrays(network), NetworkDescription.Of(network)), 400, DamageHeader);

    // A message of two bytes is an object with lists.
    public static NetworkReader OfOnnx() => new(
        ".onnx", (stream, network) => OnnxWriter.Write(stream, network, NetworkDescription.Of(network)), 400, (_, _, _) => null, OnnxOfOthers.Model());

    public override IEnumerable<string> Read(byte[] input)
    {
        NetworkSnapshot network = NetworkFile.Read($"network{_suffix}", input);
        TrainingOptions options = Presets.Paper with { Layers = network.Sizes, Connectivity = network.Connectivity };
        options.Validate();
        return [network.Sha256, options.Budget.ToString(CultureInfo.InvariantCulture)];
    }

    protected override byte[] Mutate(byte[] input, Dice dice) =>
        (dice.OneIn(2) ? _damageWithin(input, dice) : null) ?? base.Mutate(input, dice);

    /// <summary>Damages one of the arrays of an archive, which is then whole.</summary>
    private static byte[]? DamageEntry(byte[] input, Dice dice, IReadOnlyList<byte[]> seeds)
    {
        const int Longest = 1 << 14;
        try
        {
            using var archive = new ZipArchive(new MemoryStream(input), ZipArchiveMode.Read);
            var entries = new List<(string Name, byte[] Content)>();
            foreach (ZipArchiveEntry entry in archive.Entries.Take(50))
            {
                using Stream stream = entry.Open();
                var content = new byte[Longest];
                entries.Add((entry.FullName, content[..stream.ReadAtLeast(content, Longest, throwOnEndOfStream: false)]));
            }
            int damaged = dice.Below(entries.Count);
            using var to = new MemoryStream();
            using (var written = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach ((int index, (string name, byte[] content)) in entries.Index())
                {
                    ZipArchiveEntry entry = written.CreateEntry(name, CompressionLevel.NoCompression);
                    entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // an input depends on its number, not on the day
                    using Stream stream = entry.Open();
                    stream.Write(index == damaged ? ByteMutator.Mutate(content, dice, [.. entries.Select(e => e.Content)]) : content);
                }
            }
            return to.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return null; // it is damaged already
        }
    }

    /// <summary>Damages a header in JSON, whose length is then right.</summary>
    private static byte[]? DamageHeader(byte[] input, Dice dice, IReadOnlyList<byte[]> seeds)
    {
        static byte[]? Header(byte[] file) =>
            file.Length >= Prefix && BinaryPrimitives.ReadInt64LittleEndian(file) is >= 0 and var length && length <= file.Length - Prefix
                ? file[Prefix..(Prefix + (int)length)]
                : null;
        if (Header(input) is not { } header)
        {
            return null;
        }
        byte[] damaged = JsonMutator.Mutate(header, dice, [.. seeds.Select(s => Header(s)!)]);
        return [.. BitConverter.GetBytes((long)damaged.Length), .. damaged, .. input[(Prefix + header.Length)..]];
    }

    private static NetworkSnapshot Network(params int[] sizes) => new([.. Enumerable.Range(0, sizes.Length - 1).Select(i =>
    {
        Connection[] all =
        [
            .. from row in Enumerable.Range(0, sizes[i + 1])
               from column in Enumerable.Range(0, sizes[i])
               where (row + column) % 2 == 0
               select new Connection((ushort)row, (ushort)column, 0.25f * (row + column), row % 3 == 0),
        ];
        return new LayerSnapshot(sizes[i], sizes[i + 1], all.Length + 1, all);
    })]);
}
