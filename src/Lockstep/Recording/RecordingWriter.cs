using static NeuroHal.Lockstep.Recording.RecordingFormat;

namespace NeuroHal.Lockstep.Recording;

/// <summary>Writes a recording. The file has its name only once it is whole.</summary>
public sealed class RecordingWriter : IRecordSink, IDisposable
{
    private const string Partial = ".part";

    private readonly string _file;
    private readonly long _limit;
    private readonly FileStream _stream;
    private byte[] _checksum = FirstChecksum;

    /// <summary>Opens a file beside the one to be written, and says in it what is run.</summary>
    /// <param name="file">The file to be written; one of that name is replaced when the recording is whole.</param>
    /// <param name="run">What is run.</param>
    /// <param name="limit">The most that the supersteps may take; the rest of the run is not recorded.</param>
    /// <exception cref="BadArgumentException">The file cannot be written.</exception>
    public RecordingWriter(string file, RunDescription run, Bytes limit)
    {
        (_file, _limit) = (file, limit.Count);
        if (Directory.Exists(file))
        {
            throw new BadArgumentException($"The recording '{file}' cannot be written: it is a folder.");
        }
        try
        {
            _stream = File.Create(file + Partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadArgumentException($"The recording '{file}' cannot be written: {e.Message}", e);
        }
        _stream.Write(Mark);
        Write(DescriptionBlock, Content(writer =>
        {
            SuperstepFormat.Write(writer, run.Backend);
            writer.Write(run.Settings.Count);
            foreach ((string name, string value) in run.Settings)
            {
                SuperstepFormat.Write(writer, name);
                SuperstepFormat.Write(writer, value);
            }
        }));
    }

    /// <summary>Whether the limit was reached.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The supersteps written.</summary>
    public long Supersteps { get; private set; }

    /// <summary>What was written so far.</summary>
    public Bytes Size { get; private set; } = new(Mark.Length);

    /// <inheritdoc/>
    public void Add(SuperstepRecord superstep)
    {
        byte[] content = SuperstepFormat.Encode(superstep);
        if (Size.Count + HeadBytes + content.Length + ChecksumBytes > _limit)
        {
            IsFull = true;
            return;
        }
        Write(SuperstepBlock, content);
        Supersteps++;
    }

    /// <summary>Ends the recording and gives it its name.</summary>
    /// <param name="isWhole">Whether the run came to its end.</param>
    /// <exception cref="BadArgumentException">The file cannot have that name.</exception>
    public void Complete(bool isWhole)
    {
        Write(EndBlock, Content(writer =>
        {
            writer.Write((byte)(isWhole && !IsFull ? 0 : 1));
            writer.Write(Supersteps);
        }));
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        try
        {
            File.Move(_file + Partial, _file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentException($"The recording '{_file}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Takes away what was not completed.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(_file + Partial);
    }

    private static byte[] Content(Action<BinaryWriter> write)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        write(writer);
        return bytes.ToArray();
    }

    private void Write(byte kind, byte[] content)
    {
        byte[] head = Head(kind, content.Length);
        _checksum = Checksum(_checksum, head, content);
        _stream.Write(head);
        _stream.Write(content);
        _stream.Write(_checksum);
        Size += new Bytes(HeadBytes + content.Length + ChecksumBytes);
    }
}
