using System.Text;
using NeuroHal.Lockstep.Elements;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Lockstep.Recording;

/// <summary>A superstep as bytes.</summary>
internal static class SuperstepFormat
{
    // What the shortest of each takes, so that a count larger than what is there can be told before room is made for it.
    private const int LeastEvent = 1 + sizeof(int) + sizeof(int);
    private const int LeastField = sizeof(int) + sizeof(int) + 1;
    private const int LeastChange = 3 * sizeof(int);

    public static byte[] Encode(SuperstepRecord superstep)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Write(writer, superstep.Name);
        writer.Write(superstep.Cores.Count);
        foreach (IReadOnlyList<CoreEvent> events in superstep.Cores)
        {
            writer.Write(events.Count);
            foreach (CoreEvent happened in events)
            {
                Write(writer, happened);
            }
        }
        return bytes.ToArray();
    }

    /// <exception cref="BadDataException">It is not a superstep.</exception>
    public static SuperstepRecord Decode(byte[] bytes)
    {
        var reader = new BlockReader(bytes);
        string name = reader.ReadString();
        var cores = new IReadOnlyList<CoreEvent>[reader.ReadCount(sizeof(int))];
        for (int core = 0; core < cores.Length; core++)
        {
            var events = new CoreEvent[reader.ReadCount(LeastEvent)];
            for (int i = 0; i < events.Length; i++)
            {
                events[i] = ReadEvent(reader);
            }
            cores[core] = events;
        }
        reader.RequireEnd();
        return new SuperstepRecord(name, cores);
    }

    public static void Write(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static void Write(BinaryWriter writer, CoreEvent happened)
    {
        writer.Write((byte)happened.Kind);
        Write(writer, happened.Name);
        if (happened.Shape is { } shape)
        {
            Write(writer, shape.Layout.Type);
            writer.Write(shape.Layout.Size);
            writer.Write(shape.Layout.Fields.Count);
            foreach (ElementField field in shape.Layout.Fields)
            {
                Write(writer, field.Name);
                writer.Write(field.Offset);
                writer.Write((byte)field.Kind);
            }
            writer.Write(shape.Length);
        }
        writer.Write(happened.Changes.Count);
        foreach (BufferChange change in happened.Changes)
        {
            writer.Write(change.Buffer);
            writer.Write(change.Start);
            writer.Write(change.Content.Length);
            writer.Write(change.Content);
        }
    }

    private static CoreEvent ReadEvent(BlockReader reader)
    {
        var kind = (EventKind)reader.ReadByte();
        if (!Enum.IsDefined(kind))
        {
            throw new BadDataException($"The recording has an event of the unknown kind {(int)kind}.");
        }
        string name = reader.ReadString();
        BufferShape? shape = kind == EventKind.Allocate ? ReadShape(reader) : null;
        var changes = new BufferChange[reader.ReadCount(LeastChange)];
        for (int i = 0; i < changes.Length; i++)
        {
            changes[i] = new BufferChange(reader.ReadInt32(), reader.ReadInt32(), reader.ReadBytes(reader.ReadCount(1)));
        }
        return new CoreEvent(kind, name, shape, changes);
    }

    private static BufferShape ReadShape(BlockReader reader)
    {
        string type = reader.ReadString();
        int size = reader.ReadInt32();
        var fields = new ElementField[reader.ReadCount(LeastField)];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = new ElementField(reader.ReadString(), reader.ReadInt32(), (ScalarKind)reader.ReadByte());
        }
        var layout = new ElementLayout(type, size, fields);
        return layout.IsSound
            ? new BufferShape(layout, reader.ReadInt32())
            : throw new BadDataException($"The recording has a buffer of {type}, whose fields do not lie within its {size} bytes.");
    }
}
