using System.Buffers.Binary;
using System.Text;

namespace NeuroHal.Lockstep.Recording;

/// <summary>Reads what a block of a recording holds; what is not there is an error, however long it says it is.</summary>
internal sealed class BlockReader(byte[] block)
{
    private int _at;

    public byte ReadByte() => Take(1)[0];

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>A number of items, of each of which at least so many bytes must follow.</summary>
    public int ReadCount(int leastBytes)
    {
        int count = ReadInt32();
        return count >= 0 && count <= (block.Length - _at) / leastBytes
            ? count
            : throw new BadDataException($"The recording says that {count} items follow where {block.Length - _at} bytes are left.");
    }

    public byte[] ReadBytes(int count) => Take(count).ToArray();

    public string ReadString() => Encoding.UTF8.GetString(Take(ReadCount(1)));

    public void RequireEnd()
    {
        if (_at != block.Length)
        {
            throw new BadDataException($"The recording has {block.Length - _at} bytes where a block should end.");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > block.Length - _at)
        {
            throw new BadDataException($"The recording ends within a block: {count} bytes wanted, {block.Length - _at} left.");
        }
        _at += count;
        return block.AsSpan(_at - count, count);
    }
}
