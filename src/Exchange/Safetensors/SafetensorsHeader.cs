using System.Text.Json;
using NeuroHal.Exchange.Npz;

namespace NeuroHal.Exchange.Safetensors;

/// <summary>What a safetensors file says of its arrays.</summary>
internal static class SafetensorsHeader
{
    private const string Metadata = "__metadata__";

    // The format's names of types, and NumPy's.
    private static readonly (string Name, string Type)[] _types =
    [
        ("I8", "|i1"), ("U8", "|u1"), ("BOOL", "|b1"), ("U16", "<u2"), ("I16", "<i2"), ("F16", "<f2"),
        ("U32", "<u4"), ("I32", "<i4"), ("F32", "<f4"), ("U64", "<u8"), ("I64", "<i8"), ("F64", "<f8"),
    ];

    public static byte[] Of(IEnumerable<KeyValuePair<string, NpyArray>> arrays, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject(Metadata);
            foreach ((string name, string value) in metadata)
            {
                json.WriteString(name, value);
            }
            json.WriteEndObject();
            long at = 0;
            foreach ((string name, NpyArray array) in arrays)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", _types.Single(t => t.Type == array.Type).Name);
                WriteNumbers(json, "shape", array.Shape.Select(n => (long)n));
                WriteNumbers(json, "data_offsets", [at, at + array.Bytes.Length]);
                json.WriteEndObject();
                at += array.Bytes.Length;
            }
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    /// <summary>Takes the arrays out of the content that a header describes.</summary>
    /// <exception cref="BadDataException">The header contradicts itself or the content.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(JsonElement header, ReadOnlyMemory<byte> content)
    {
        Require(header.ValueKind == JsonValueKind.Object, "its header is no JSON object");
        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        var places = new List<(long Begin, long End)>();
        bool described = false;
        foreach (JsonProperty property in header.EnumerateObject())
        {
            string name = PrintableLine.Of(property.Name);
            if (property.Name == Metadata)
            {
                Require(!described, $"it has '{Metadata}' twice");
                described = true;
                continue;
            }
            Require(property.Value.ValueKind == JsonValueKind.Object, $"'{name}' is not described by a JSON object");
            (NpyArray array, (long, long) place) = Array(name, property.Value, content);
            Require(arrays.TryAdd(property.Name, array), $"it has '{name}' twice");
            places.Add(place);
        }
        long at = 0;
        foreach ((long begin, long end) in places.Order())
        {
            Require(begin == at, $"its arrays overlap or leave a gap at byte {at}");
            at = end;
        }
        Require(at == content.Length, $"it has {content.Length} B of elements, but its header speaks of {at} B");
        return arrays;
    }

    private static (NpyArray Array, (long Begin, long End) Place) Array(string name, JsonElement of, ReadOnlyMemory<byte> content)
    {
        string given = of.TryGetProperty("dtype", out JsonElement dtype) && dtype.ValueKind == JsonValueKind.String ? dtype.GetString()! : "none";
        string? type = _types.FirstOrDefault(t => t.Name == given).Type;
        Require(type is not null, $"'{name}' is of type '{PrintableLine.Of(given)}', which cannot be read here");
        long[] shape = Numbers(name, of, "shape");
        long elements = 1;
        foreach (long size in shape)
        {
            Require(size >= 0 && (size == 0 || elements <= int.MaxValue / size), $"'{name}' has a shape that is none, or too large");
            elements *= size;
        }
        long[] place = Numbers(name, of, "data_offsets");
        Require(
            place.Length == 2 && place[0] >= 0 && place[0] <= place[1] && place[1] <= content.Length,
            $"'{name}' lies outside the {content.Length} B of elements");
        Require(
            place[1] - place[0] == elements * NpyArray.SizeOf(type!),
            $"'{name}' has {place[1] - place[0]} B, but its shape says {elements * NpyArray.SizeOf(type!)} B");
        var array = new NpyArray(type!, [.. shape.Select(n => (int)n)], content[(int)place[0]..(int)place[1]]);
        return (array, (place[0], place[1]));
    }

    private static long[] Numbers(string name, JsonElement of, string what)
    {
        Require(of.TryGetProperty(what, out JsonElement list) && list.ValueKind == JsonValueKind.Array, $"'{name}' has no '{what}'");
        var numbers = new long[list.GetArrayLength()];
        foreach ((int index, JsonElement element) in list.EnumerateArray().Index())
        {
            Require(
                element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out numbers[index]) && numbers[index] is >= 0 and <= int.MaxValue,
                $"'{name}' has a '{what}' that is not of whole numbers from 0");
        }
        return numbers;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }
        json.WriteEndArray();
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BadDataException($"It is no safetensors file, or a damaged one: {otherwise}.");
        }
    }
}
