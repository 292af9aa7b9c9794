using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NeuroHal.Exchange.Npz;

/// <summary>
/// NumPy's file format for one array: <see href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html"/>.
/// </summary>
internal static partial class NpyFormat
{
    // Magic, version, and the header's length in two bytes (version 1) or four.
    private static readonly byte[] _magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private const int Prefix = 10;
    private const int Alignment = 64;

    public static void Write(Stream stream, NpyArray array)
    {
        string shape = string.Join(", ", array.Shape) + (array.Shape.Count == 1 ? "," : "");
        string header = $"{{'descr': '{array.Type}', 'fortran_order': False, 'shape': ({shape}), }}";
        int length = ((Prefix + header.Length + 1 + Alignment - 1) / Alignment * Alignment) - Prefix;
        byte[] start = new byte[Prefix + length];
        _magic.CopyTo(start, 0);
        start[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(8), (ushort)length);
        Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n", start.AsSpan(Prefix));
        stream.Write(start);
        stream.Write(array.Bytes.Span);
    }

    /// <summary>Reads one array.</summary>
    /// <exception cref="BadDataException">It is none, or one that cannot be read here.</exception>
    public static NpyArray Read(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes.Length < Prefix || !bytes[..6].SequenceEqual(_magic))
        {
            throw new BadDataException("it is no NumPy array.");
        }
        bool isLong = bytes[6] is 2 or 3;
        if (!(isLong || bytes[6] == 1) || bytes.Length < Prefix + 2)
        {
            throw new BadDataException($"it has version {bytes[6]} of NumPy's format; 1 to 3 can be read.");
        }
        int start = isLong ? Prefix + 2 : Prefix;
        long length = isLong ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        if (start + length > bytes.Length)
        {
            throw new BadDataException("it ends within its header.");
        }
        Match header = Header().Match(Encoding.Latin1.GetString(bytes.Slice(start, (int)length)));
        if (!header.Success)
        {
            throw new BadDataException("its header cannot be read; arrays of single numbers, not in Fortran order, can.");
        }
        string type = header.Groups["type"].Value;
        if (NpyArray.SizeOf(type) is not (> 0 and int size))
        {
            throw new BadDataException($"its elements have the type '{PrintableLine.Of(type)}', which cannot be read here.");
        }
        string[] sizes = header.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var shape = new int[sizes.Length];
        long elements = 1;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (!int.TryParse(sizes[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]) || (elements *= shape[i]) > int.MaxValue)
            {
                throw new BadDataException($"its shape ({PrintableLine.Of(header.Groups["shape"].Value)}) is none, or too large.");
            }
        }
        ReadOnlyMemory<byte> content = file[(start + (int)length)..];
        return content.Length == elements * size
            ? new NpyArray(type, shape, content)
            : throw new BadDataException($"it has {content.Length} B of elements, but its shape says {elements * size} B.");
    }

    // The order in which NumPy itself writes a header: sorted by key.
    [GeneratedRegex(
        @"\A\{'descr': '(?<type>[^']{1,8})', 'fortran_order': False, 'shape': \((?<shape>[0-9, ]*)\), \} *\n?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Header();
}
