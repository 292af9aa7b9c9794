using System.Buffers;
using System.Security.Cryptography;
using NeuroHal.Checkpoints;
using NeuroHal.Cli.Resuming;
using NeuroHal.Results;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A checkpoint, and what it says of its run.</summary>
internal sealed class CheckpointReader : FuzzedReader
{
    private readonly bool _sealed;

    private CheckpointReader(bool isSealed)
    {
        _sealed = isSealed;
        Seeds = [Checkpoint(sample: 0, epochs: 1), Checkpoint(sample: 32, epochs: 2)];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>As damage is found: by its checksum.</summary>
    public static CheckpointReader Unsealed(string folder) => Of(folder, isSealed: false);

    /// <summary>With a checksum that is good again, so that what lies beneath has to stand for itself.</summary>
    public static CheckpointReader Sealed(string folder) => Of(folder, isSealed: true);

    public override IEnumerable<string> Read(byte[] input)
    {
        Checkpoint checkpoint = CheckpointFormat.Read(input);
        SavedRun run = SavedRun.Read(checkpoint.Run);
        return [run.Position, $"{checkpoint.Algorithm.Length} and {checkpoint.Device.Length} bytes"];
    }

    protected override byte[] Seal(byte[] input)
    {
        if (!_sealed || input.Length < SHA256.HashSizeInBytes)
        {
            return input;
        }
        byte[] body = input[..^SHA256.HashSizeInBytes];
        return [.. body, .. SHA256.HashData(body)];
    }

    private static CheckpointReader Of(string folder, bool isSealed)
    {
        _ = folder;
        return new CheckpointReader(isSealed);
    }

    private static byte[] Checkpoint(int sample, int epochs)
    {
        var run = new SavedRun
        {
            Program = "0.1.0",
            Backend = "SpiNNaker2Emu",
            Lanes = 4,
            Sample = sample,
            SamplesPerEpoch = 100,
            Configuration = new Dictionary<string, string> { ["training:seed"] = "2", ["dataset:name"] = "digits" },
            Identity = [new("preset", "paper"), new("training:l1", "1E-05")],
            Epochs = [.. Enumerable.Range(1, epochs).Select(e => new EpochResult(e, 0.9, null, 0.25))],
            WallSeconds = 12.5,
            CountersSince = null,
        };
        var bytes = new ArrayBufferWriter<byte>();
        run.Write(bytes);
        using var stream = new MemoryStream();
        CheckpointFormat.Write(stream, new Checkpoint(bytes.WrittenMemory, new byte[200], new byte[100]));
        return stream.ToArray();
    }
}
