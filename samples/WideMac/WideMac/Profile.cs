using System.Text.Json;
using NeuroHal;

namespace WideMac;

/// <summary>Everything that is a number about the chip, from <c>widemac-64.json</c>.</summary>
internal sealed record Profile(string Name, int Cores, long SramPerCore, long Dram, IReadOnlyList<ModelConstant> Constants)
{
    private const string FileName = "widemac-64.json";

    public ModelConstant this[string id] => Constants.Single(c => c.Id == id);

    /// <summary>Reads the file beside the plugin.</summary>
    public static Profile Load()
    {
        string file = Path.Combine(Path.GetDirectoryName(typeof(Profile).Assembly.Location)!, FileName);
        try
        {
            return JsonSerializer.Deserialize<Profile>(File.ReadAllText(file), JsonSerializerOptions.Web)
                ?? throw new BadDataException($"{file}: the profile is empty.");
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new BadDataException($"{file}: {e.Message}", e);
        }
    }

    /// <summary>The same chip with some constants replaced; what is given is then known exactly.</summary>
    public Profile With(IReadOnlyDictionary<string, double> replaced)
    {
        if (replaced.Keys.FirstOrDefault(id => Constants.All(c => c.Id != id)) is { } unknown)
        {
            throw new BadArgumentException($"WideMac: unknown constant '{unknown}'; there are {string.Join(", ", Constants.Select(c => c.Id))}.");
        }
        return this with
        {
            Constants = [.. Constants.Select(c => replaced.TryGetValue(c.Id, out double v) ? c with { Value = v, Low = v, High = v } : c)],
        };
    }

    /// <summary>Cycles to move so many bytes.</summary>
    public long Transfer(string width, long bytes) => (long)Math.Ceiling(bytes / this[width].Value);
}
