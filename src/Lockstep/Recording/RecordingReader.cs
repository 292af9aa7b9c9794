using System.Buffers.Binary;
using static NeuroHal.Lockstep.Recording.RecordingFormat;

namespace NeuroHal.Lockstep.Recording;

/// <summary>Reads a recording, superstep by superstep, after making sure that all of it is good.</summary>
public sealed class RecordingReader : IRecordSource, IDisposable
{
    private readonly string _file;
    private readonly FileStream _stream;
    private byte[] _checksum = [];
    private long _given;

    private RecordingReader(string file, FileStream stream)
    {
        (_file, _stream) = (file, stream);
        Run = Begin();
    }

    /// <summary>What was run.</summary>
    public RunDescription Run { get; }

    /// <summary>The supersteps recorded.</summary>
    public long Supersteps { get; private set; }

    /// <inheritdoc/>
    public bool IsCut { get; private set; }

    /// <summary>Opens a recording and reads it once, to learn now rather than in the middle of a run that it is damaged.</summary>
    /// <exception cref="BadArgumentException">The file cannot be read.</exception>
    /// <exception cref="BadDataException">It is no recording, of another version, cut off or changed.</exception>
    public static RecordingReader Open(string file)
    {
        FileStream stream;
        try
        {
            stream = File.OpenRead(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadArgumentException($"The recording '{file}' cannot be read: {e.Message}", e);
        }
        try
        {
            if (!stream.CanSeek)
            {
                throw new BadArgumentException($"The recording '{file}' cannot be read: it is gone through twice, and a pipe can be only once.");
            }
            var reader = new RecordingReader(file, stream);
            while (reader.Next() is not null)
            {
            }
            reader.Begin();
            return reader;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="BadDataException">What comes next is damaged.</exception>
    public SuperstepRecord? Next()
    {
        (byte kind, byte[] content) = ReadBlock();
        switch (kind)
        {
            case SuperstepBlock:
                _given++;
                return SuperstepFormat.Decode(content);
            case EndBlock:
                var reader = new BlockReader(content);
                IsCut = reader.ReadByte() != 0;
                Supersteps = reader.ReadInt64();
                reader.RequireEnd();
                return Supersteps == _given && _stream.Position == _stream.Length
                    ? null
                    : throw Damaged("its end says otherwise than what comes before or after it");
            default:
                throw Damaged($"a block of the unknown kind {kind}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private RunDescription Begin()
    {
        _stream.Position = 0;
        _given = 0;
        _checksum = FirstChecksum;
        var mark = new byte[Mark.Length];
        int read = _stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false);
        if (read < mark.Length || !mark.AsSpan(..^1).SequenceEqual(Mark[..^1]))
        {
            throw new BadDataException($"'{_file}' is no recording of a run.");
        }
        if (mark[^1] != Mark[^1])
        {
            throw new BadDataException(
                $"'{_file}' is a recording of version '{(char)mark[^1]}', this reads version '{(char)Mark[^1]}'; record it again.");
        }
        (byte kind, byte[] content) = ReadBlock();
        if (kind != DescriptionBlock)
        {
            throw Damaged("it does not say what was run");
        }
        var reader = new BlockReader(content);
        string backend = reader.ReadString();
        var settings = new KeyValuePair<string, string>[reader.ReadCount(2 * sizeof(int))];
        for (int i = 0; i < settings.Length; i++)
        {
            settings[i] = new(reader.ReadString(), reader.ReadString());
        }
        reader.RequireEnd();
        return settings.DistinctBy(s => s.Key).Count() == settings.Length
            ? new RunDescription(backend, settings)
            : throw Damaged("it names a setting twice");
    }

    private (byte Kind, byte[] Content) ReadBlock()
    {
        byte[] head = Read(HeadBytes);
        int length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1));
        byte[] content = Read(length);
        byte[] checksum = Read(ChecksumBytes);
        _checksum = Checksum(_checksum, head, content);
        return _checksum.AsSpan().SequenceEqual(checksum) ? (head[0], content) : throw Damaged("a checksum is wrong");
    }

    private byte[] Read(int count)
    {
        // Room is made only for what is there.
        if (count < 0 || count > _stream.Length - _stream.Position)
        {
            throw Damaged("it is cut off");
        }
        var bytes = new byte[count];
        try
        {
            return _stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count ? bytes : throw Damaged("it is cut off");
        }
        catch (IOException e)
        {
            throw new BadDataException($"The recording '{_file}' cannot be read any further: {e.Message}", e);
        }
    }

    private BadDataException Damaged(string how) =>
        new($"The recording '{_file}' is damaged ({how}, near byte {_stream.Position}); record it again.");
}
