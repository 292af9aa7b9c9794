using System.Reflection;
using System.Runtime.CompilerServices;

namespace NeuroHal.Lockstep.Elements;

/// <summary>What an element of a buffer is made of, so that a difference can be told as numbers.</summary>
/// <param name="Type">The name of the element's type, such as <c>Single</c>.</param>
/// <param name="Size">The bytes of an element, at least 1.</param>
/// <param name="Fields">The numbers in it, in order of address; bytes between them are padding.</param>
public sealed record ElementLayout(string Type, int Size, IReadOnlyList<ElementField> Fields)
{
    /// <summary>The layout of a type; one whose fields cannot be told apart is one field of raw bytes.</summary>
    public static ElementLayout Of<T>() where T : struct
    {
        int size = Unsafe.SizeOf<T>();
        var fields = new List<ElementField>();
        int end = 0;
        bool known = Add(typeof(T), "", ref end, fields) && Align(end, fields.Max(f => Scalar.SizeOf(f.Kind))) == size;
        return new ElementLayout(typeof(T).Name, size, known ? fields : [new ElementField("", 0, ScalarKind.Raw)]);
    }

    /// <summary>The bytes of a field of one element.</summary>
    internal ReadOnlySpan<byte> BytesOf(ElementField field, ReadOnlySpan<byte> buffer, int element) =>
        buffer.Slice((element * Size) + field.Offset, field.Kind == ScalarKind.Raw ? Size - field.Offset : Scalar.SizeOf(field.Kind));

    /// <summary>Whether its fields lie within it.</summary>
    internal bool IsSound => Size >= 1 && Fields.Count >= 1
        && Fields.All(f => Enum.IsDefined(f.Kind) && f.Offset >= 0 && f.Offset <= Size - Math.Max(1, Scalar.SizeOf(f.Kind)));

    /// <summary>Lays numbers one after the other, each at a multiple of its size, as the runtime does in sequential structs.</summary>
    private static bool Add(Type type, string name, ref int end, List<ElementField> fields)
    {
        if (KindOf(type) is { } kind)
        {
            int offset = Align(end, Scalar.SizeOf(kind));
            fields.Add(new ElementField(name, offset, kind));
            end = offset + Scalar.SizeOf(kind);
            return true;
        }
        FieldInfo[] parts = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        // A nested struct is aligned by its own rule, an inline array repeats its one field: neither is worth the words.
        if (name.Length > 0 || parts.Length == 0 || !type.IsLayoutSequential || type.IsDefined(typeof(InlineArrayAttribute)))
        {
            return false;
        }
        foreach (FieldInfo part in parts.OrderBy(p => p.MetadataToken))
        {
            if (!Add(part.FieldType, NameOf(part), ref end, fields))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>A property's field is called <c>&lt;Loss&gt;k__BackingField</c>.</summary>
    private static string NameOf(FieldInfo field) =>
        field.Name is ['<', .. var rest] ? rest[..rest.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    private static ScalarKind? KindOf(Type type) => System.Type.GetTypeCode(type) switch
    {
        TypeCode.Byte or TypeCode.Boolean => ScalarKind.UInt8,
        TypeCode.SByte => ScalarKind.Int8,
        TypeCode.UInt16 or TypeCode.Char => ScalarKind.UInt16,
        TypeCode.Int16 => ScalarKind.Int16,
        TypeCode.UInt32 => ScalarKind.UInt32,
        TypeCode.Int32 => ScalarKind.Int32,
        TypeCode.UInt64 => ScalarKind.UInt64,
        TypeCode.Int64 => ScalarKind.Int64,
        TypeCode.Single => ScalarKind.Float32,
        TypeCode.Double => ScalarKind.Float64,
        _ => null,
    };

    private static int Align(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}

/// <summary>A number within an element.</summary>
/// <param name="Name">Its name; empty where the element is that number.</param>
/// <param name="Offset">Where it begins, in bytes from the element's start.</param>
/// <param name="Kind">How to read it.</param>
public sealed record ElementField(string Name, int Offset, ScalarKind Kind);
