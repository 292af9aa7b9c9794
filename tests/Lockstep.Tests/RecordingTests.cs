using CsCheck;
using NeuroHal.Lockstep.Recording;

namespace NeuroHal.Lockstep.Tests;

/// <summary>A recording on disk: whole and unchanged, or one clear error.</summary>
public sealed class RecordingTests
{
    private static readonly byte[] _good = Good();

    [Fact]
    public void What_was_run_is_in_it()
    {
        using RecordingReader recording = Open(_good, out RecordingFile file);
        using (file)
        {
            Assert.Equal("ReferenceCpu", recording.Run.Backend);
            Assert.Equal(RecordingFile.Description.Settings, recording.Run.Settings);
            Assert.Equal(3, recording.Supersteps);
        }
    }

    [Fact]
    public void A_recording_cut_off_anywhere_is_damaged()
    {
        for (int length = 0; length < _good.Length; length++)
        {
            RequireBad(_good[..length]);
        }
    }

    [Fact]
    public void A_recording_with_a_bit_flipped_anywhere_is_damaged() =>
        Gen.Select(Gen.Int[0, _good.Length - 1], Gen.Int[0, 7]).Sample((at, bit) =>
        {
            byte[] flipped = [.. _good];
            flipped[at] ^= (byte)(1 << bit);
            RequireBad(flipped);
        });

    [Fact]
    public void A_recording_with_bytes_replaced_lost_or_added_is_damaged() =>
        Gen.Select(Gen.Int[0, _good.Length], Gen.Int[0, 40], Gen.Byte.Array[0, 40]).Sample((at, lost, added) =>
        {
            byte[] changed = [.. _good[..at], .. added, .. _good.Skip(at + lost)];
            if (!changed.AsSpan().SequenceEqual(_good))
            {
                RequireBad(changed);
            }
        });

    [Fact]
    public void Bytes_that_are_no_superstep_are_an_error_and_not_a_crash()
    {
        byte[] superstep = SuperstepFormat.Encode(new SuperstepRecord(
            "s", [[new CoreEvent(Watching.EventKind.Allocate, "x", new BufferShape(Elements.ElementLayout.Of<float>(), 3), [])]]));
        Gen.Select(Gen.Int[0, superstep.Length - 1], Gen.Byte.Array[1, 12]).Sample((at, bytes) =>
        {
            byte[] changed = [.. superstep[..at], .. bytes, .. superstep.Skip(at + bytes.Length)];
            try
            {
                SuperstepFormat.Decode(changed);
            }
            catch (BadDataException)
            {
            }
        });
    }

    [Fact]
    public void A_recording_that_changes_what_is_not_there_is_an_error()
    {
        foreach (BufferChange change in new BufferChange[] { new(0, 1, [1]), new(-1, 0, [1]), new(0, int.MaxValue, [1]), new(0, -1, [1]) })
        {
            var records = new RecordList();
            records.Add(new SuperstepRecord("s", [[new CoreEvent(Watching.EventKind.Begin, "", null, [change])]]));
            Assert.Throws<BadDataException>(() => Programs.Compare(records, Devices.Open("ReferenceCpu"), (device, _) => device.Superstep("s", _ => { })));
        }
    }

    [Fact]
    public void Another_version_is_told_from_damage()
    {
        byte[] newer = [.. _good];
        newer[7] = (byte)'2';
        Assert.Contains("version '2'", RequireBad(newer).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_has_its_name_only_when_it_is_whole()
    {
        using var file = new RecordingFile();
        using (var writer = new RecordingWriter(file.Path, RecordingFile.Description, new Bytes(1000)))
        {
            Assert.Equal([file.Path + ".part"], file.Files());
        }
        Assert.Empty(file.Files());
        file.Record(ThreeSupersteps);
        Assert.Equal([file.Path], file.Files());
    }

    [Fact]
    public void A_file_that_cannot_be_written_or_read_is_an_error()
    {
        Assert.Throws<BadArgumentException>(() => new RecordingWriter("/nowhere/at/all.rec", RecordingFile.Description, new Bytes(1000)));
        Assert.Throws<BadArgumentException>(() => new RecordingWriter(Path.GetTempPath(), RecordingFile.Description, new Bytes(1000)));
        Assert.Throws<BadArgumentException>(() => RecordingReader.Open("/nowhere/at/all.rec"));
    }

    private static BadDataException RequireBad(byte[] bytes) => Assert.Throws<BadDataException>(() =>
    {
        RecordingFile? file = null;
        try
        {
            Open(bytes, out file).Dispose();
        }
        finally
        {
            file?.Dispose();
        }
    });

    private static RecordingReader Open(byte[] bytes, out RecordingFile file)
    {
        file = new RecordingFile();
        File.WriteAllBytes(file.Path, bytes);
        return RecordingReader.Open(file.Path);
    }

    private static byte[] Good()
    {
        using var file = new RecordingFile();
        file.Record(ThreeSupersteps);
        return File.ReadAllBytes(file.Path);
    }

    private static void ThreeSupersteps(IDevice device, CancellationToken cancellation)
    {
        SramBuffer<float> x = device.Cores[0].Sram.Allocate<float>("x", 8);
        for (int i = 0; i < 3; i++)
        {
            float[] values = [i, 1, 2, 3, 4, 5, 6, i];
            device.Superstep("write", core => core.Run(new Write<float>(x, values)));
        }
    }
}
