using System.Buffers;
using NeuroHal.Cli.Resuming;
using NeuroHal.Results;

namespace NeuroHal.Cli.Tests;

/// <summary>What a checkpoint says of its run is read as it was written, or refused in one line.</summary>
public sealed class SavedRunTests
{
    private static readonly SavedRun _run = new()
    {
        Program = "0.1.0",
        Backend = "SpiNNaker2Emu",
        Lanes = 4,
        Sample = 32,
        SamplesPerEpoch = 100,
        Configuration = new Dictionary<string, string> { ["training:seed"] = "2", ["dataset:name"] = "digits" },
        Identity = [new("preset", "paper"), new("training:l1", "1E-05")],
        Epochs = [new EpochResult(1, 0.1 + 0.2, null, 2.25), new EpochResult(2, 0.5, 1 / 3.0, 1e-9)],
        WallSeconds = 12.5,
        CountersSince = new CountersSince(2, 16, "ReferenceCpu"),
    };

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        SavedRun read = SavedRun.Read(Bytes(_run));
        Assert.Equal(Bytes(_run), Bytes(read));
        Assert.Equal(0.1 + 0.2, read.Epochs[0].Train); // every bit of a number
        Assert.Equal("epoch 3, sample 32 of 100", read.Position);
    }

    [Fact]
    public void Whatever_byte_is_changed_or_missing_it_is_read_or_refused_in_one_line()
    {
        byte[] bytes = Bytes(_run);
        int refused = 0;
        void Try(byte[] damaged)
        {
            try
            {
                SavedRun.Read(damaged);
            }
            catch (BadDataException e)
            {
                refused++;
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        for (int at = 0; at < bytes.Length; at++)
        {
            Try(bytes[..at]);
            foreach (byte other in "\0\"{}[],:0-9eEx\\\u00ff"u8)
            {
                byte[] damaged = [.. bytes];
                damaged[at] = other;
                Try(damaged);
            }
        }
        Assert.True(refused > 2 * bytes.Length, $"{refused} refused");
    }

    [Fact]
    public void What_contradicts_itself_is_refused()
    {
        SavedRun[] odd =
        [
            _run with { Sample = 101 },
            _run with { Lanes = 0 },
            _run with { Epochs = [new EpochResult(2, 0, null, null)] },
            _run with { Identity = [new("a", "1"), new("a", "2")] },
            _run with { WallSeconds = -1 },
        ];
        Assert.All(odd, run => Assert.Contains("contradicts itself", Assert.Throws<BadDataException>(() => SavedRun.Read(Bytes(run))).Message, StringComparison.Ordinal));
        Assert.Throws<BadDataException>(() => SavedRun.Read("null"u8.ToArray()));
    }

    private static byte[] Bytes(SavedRun run)
    {
        var bytes = new ArrayBufferWriter<byte>();
        run.Write(bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
