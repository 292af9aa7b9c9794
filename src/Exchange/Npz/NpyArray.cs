using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NeuroHal.Exchange.Npz;

/// <summary>An array as NumPy keeps it in a file: little-endian, the last index running fastest.</summary>
/// <param name="Type">NumPy's name of the elements' type, such as <c>&lt;f4</c>.</param>
/// <param name="Shape">The sizes of its dimensions.</param>
/// <param name="Bytes">The elements.</param>
public sealed record NpyArray(string Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)
{
    private static readonly Dictionary<Type, string> _types = new()
    {
        [typeof(sbyte)] = "|i1",
        [typeof(byte)] = "|u1",
        [typeof(ushort)] = "<u2",
        [typeof(int)] = "<i4",
        [typeof(long)] = "<i8",
        [typeof(float)] = "<f4",
        [typeof(double)] = "<f8",
    };

    /// <summary>The elements in all.</summary>
    public int Count => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>An array of elements in their order.</summary>
    /// <param name="values">The elements; of a type that NumPy has.</param>
    /// <param name="shape">The sizes of its dimensions; none for a list.</param>
    public static NpyArray Of<T>(T[] values, params int[] shape) where T : unmanaged =>
        new(_types[typeof(T)], shape.Length > 0 ? shape : [values.Length], MemoryMarshal.AsBytes<T>(values).ToArray());

    /// <summary>The elements.</summary>
    /// <exception cref="BadDataException">They are of another type.</exception>
    public T[] Values<T>() where T : unmanaged => Type == _types[typeof(T)]
        ? MemoryMarshal.Cast<byte, T>(Bytes.Span).ToArray()
        : throw new BadDataException($"the elements are of type '{Type}', not '{_types[typeof(T)]}'.");

    /// <summary>The elements, where they are whole numbers of any type; those of 64 bits without a sign as far as others go.</summary>
    /// <exception cref="BadDataException">They are of another type, or too large.</exception>
    public long[] Integers()
    {
        ReadOnlySpan<byte> bytes = Bytes.Span;
        var numbers = new long[Count];
        int size = SizeOf(Type);
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * size, size);
            numbers[i] = Type switch
            {
                "|i1" => (sbyte)element[0],
                "|u1" => element[0],
                "<i2" => BinaryPrimitives.ReadInt16LittleEndian(element),
                "<u2" => BinaryPrimitives.ReadUInt16LittleEndian(element),
                "<i4" => BinaryPrimitives.ReadInt32LittleEndian(element),
                "<u4" => BinaryPrimitives.ReadUInt32LittleEndian(element),
                "<i8" or "<u8" => BinaryPrimitives.ReadInt64LittleEndian(element),
                _ => throw new BadDataException($"the elements are of type '{Type}', not whole numbers."),
            };
            if (Type == "<u8" && numbers[i] < 0)
            {
                throw new BadDataException($"element {i} is too large.");
            }
        }
        return numbers;
    }

    /// <summary>Bytes of an element of a type; 0 for a type that is not known here.</summary>
    internal static int SizeOf(string type) => type switch
    {
        "|i1" or "|u1" or "|b1" => 1,
        "<u2" or "<i2" or "<f2" => 2,
        "<u4" or "<i4" or "<f4" => 4,
        "<u8" or "<i8" or "<f8" => 8,
        _ => 0,
    };
}
