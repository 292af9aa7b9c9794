using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NeuroHal.Sweeps.Specification;

/// <summary>Reads the section <c>sweep</c> of a configuration.</summary>
/// <param name="keys">The settings there are.</param>
public sealed partial class SpecReader(ISweepKeys keys)
{
    /// <summary>The section's name.</summary>
    public const string Section = "sweep";

    private static readonly string[] _parts = ["grid", "random", "list", "slurm"];
    private static readonly string[] _random = ["count", "seed", "keys"];
    private static readonly string[] _distributions = ["uniform", "log-uniform", "integer", "choice"];

    // What the engine says itself.
    private static readonly string[] _reserved = ["array", "job-name", "output", "error", "chdir", "parsable", "wrap", "requeue", "no-requeue", "open-mode"];

    /// <summary>Reads it.</summary>
    /// <exception cref="BadArgumentException">It says something that is none of its words, names a key twice, or asks for nothing or too much.</exception>
    public SweepSpec Read(JsonElement section)
    {
        try
        {
            return ReadParts(section);
        }
        catch (InvalidOperationException e)
        {
            throw new BadArgumentException($"{Section}: it holds text that is none: {e.Message}", e); // escapes can spell half a character
        }
    }

    private SweepSpec ReadParts(JsonElement section)
    {
        Dictionary<string, JsonElement> parts = Members(section, Section, _parts);
        var spec = new SweepSpec(
            parts.TryGetValue("list", out JsonElement list) ? ReadList(list) : [],
            parts.TryGetValue("random", out JsonElement random) ? ReadRandom(random) : null,
            parts.TryGetValue("grid", out JsonElement grid) ? ReadGrid(grid) : [],
            parts.TryGetValue("slurm", out JsonElement slurm) ? ReadSlurm(slurm) : new Dictionary<string, string>());
        RequireDisjoint(spec);
        return spec.Keys.Count == 0
            ? throw new BadArgumentException($"{Section}: nothing is swept; name keys and values in grid, random or list.")
            : spec.Count > SweepSpec.MostRuns
            ? throw new BadArgumentException($"{Section}: that makes more than {SweepSpec.MostRuns} runs; that is the most.")
            : spec;
    }

    /// <summary>Makes sure that an option of sbatch is one that a user may give.</summary>
    /// <exception cref="BadArgumentException">It is not.</exception>
    public static KeyValuePair<string, string> SlurmOption(string name, string value, string where) =>
        !OptionName().IsMatch(name) ? throw new BadArgumentException($"{where}: '{name}' is no long option of sbatch, such as partition or time.")
        : _reserved.Contains(name) ? throw new BadArgumentException($"{where}: '{name}' is what the sweep itself says to sbatch; leave it out.")
        : value.Any(char.IsControl) ? throw new BadArgumentException($"{where}: '{name}' has a value that is not printable.")
        : new(name, value);

    private static Dictionary<string, string> ReadSlurm(JsonElement slurm) =>
        new(Members(slurm, $"{Section}:slurm").Select(m => SlurmOption(m.Key, Scalar(m.Value, $"{Section}:slurm:{m.Key}"), $"{Section}:slurm")));

    private Axis[] ReadGrid(JsonElement grid) =>
        [.. Members(grid, $"{Section}:grid").Select(m => new Axis(keys.Require(m.Key), Values(m.Key, m.Value, $"{Section}:grid:{m.Key}")))];

    private KeyValuePair<string, string>[][] ReadList(JsonElement list)
    {
        const string Where = $"{Section}:list";
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            throw new BadArgumentException($"{Where} must be an array of objects, each with keys and their values, at least one.");
        }
        return
        [
            .. list.EnumerateArray().Select((entry, i) => Members(entry, $"{Where}:{i}")
                .Select(m => KeyValuePair.Create(keys.Require(m.Key), Value(m.Key, m.Value, $"{Where}:{i}:{m.Key}"))).ToArray()),
        ];
    }

    private RandomDraws ReadRandom(JsonElement random)
    {
        const string Where = $"{Section}:random";
        Dictionary<string, JsonElement> members = Members(random, Where, _random);
        JsonElement Needed(string name) => members.TryGetValue(name, out JsonElement value)
            ? value
            : throw new BadArgumentException($"{Where}:{name} is missing; random needs count and keys, and may have a seed.");
        int count = (int)Whole(Needed("count"), $"{Where}:count", 1, SweepSpec.MostRuns);
        ulong seed = members.TryGetValue("seed", out JsonElement given) ? (ulong)Whole(given, $"{Where}:seed", 0, long.MaxValue) : 1;
        return new RandomDraws(
            count, seed, [.. Members(Needed("keys"), $"{Where}:keys").Select(m => KeyValuePair.Create(keys.Require(m.Key), ReadDraw(m.Key, m.Value, $"{Where}:keys:{m.Key}")))]);
    }

    private Draw ReadDraw(string key, JsonElement element, string where)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return new Draw.Choice(Values(key, element, where));
        }
        Dictionary<string, JsonElement> members = Members(element, where, ["distribution", "from", "to", "values"]);
        string distribution = members.TryGetValue("distribution", out JsonElement named) ? Scalar(named, $"{where}:distribution") : "uniform";
        JsonElement Of(string name) => members.TryGetValue(name, out JsonElement value)
            ? value
            : throw new BadArgumentException($"{where}:{name} is missing; '{distribution}' needs {(distribution == "choice" ? "values" : "from and to")}.");
        switch (distribution)
        {
            case "choice":
                return new Draw.Choice(Values(key, Of("values"), $"{where}:values"));
            case "integer":
                long least = Whole(Of("from"), $"{where}:from", long.MinValue / 4, long.MaxValue / 4);
                return new Draw.Integer(least, Whole(Of("to"), $"{where}:to", least, long.MaxValue / 4));
            case "uniform" or "log-uniform":
                double from = Number(Of("from"), $"{where}:from");
                double to = Number(Of("to"), $"{where}:to");
                if (!(from < to) || !double.IsFinite(to - from) || (distribution != "uniform" && !(from > 0 && double.IsFinite(to / from))))
                {
                    throw new BadArgumentException(
                        $"{where}: from must be less than to{(distribution == "uniform" ? "" : ", and more than 0")}; it is {Of("from")} to {Of("to")}.");
                }
                return distribution == "uniform" ? new Draw.Uniform(from, to) : new Draw.LogUniform(from, to);
            default:
                throw Unknown($"{where}:distribution", distribution, _distributions);
        }
    }

    private string[] Values(string key, JsonElement element, string where)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0)
        {
            throw new BadArgumentException($"{where} must be an array of values, at least one.");
        }
        string[] values = [.. element.EnumerateArray().Select((v, i) => Value(key, v, $"{where}:{i}"))];
        return values.Distinct(StringComparer.Ordinal).Count() == values.Length
            ? values
            : throw new BadArgumentException($"{where} has a value twice.");
    }

    /// <summary>One value: text, a number, true or false, or an array of numbers for a setting that has several.</summary>
    private string Value(string key, JsonElement element, string where) => element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0
        ? string.Join(keys.SeparatorOf(key), element.EnumerateArray().Select((e, i) => Scalar(e, $"{where}:{i}")))
        : Scalar(element, where);

    private static string Scalar(JsonElement element, string where) => element.ValueKind switch
    {
        JsonValueKind.String when element.GetString() is { Length: > 0 } text => text,
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new BadArgumentException($"{where} must be text, a number, true or false."),
    };

    private static double Number(JsonElement element, string where) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw new BadArgumentException($"{where} must be a number.");

    private static long Whole(JsonElement element, string where, long least, long most) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long number) && number >= least && number <= most
            ? number
            : throw new BadArgumentException(string.Create(CultureInfo.InvariantCulture, $"{where} must be a whole number from {least} to {most}."));

    /// <summary>An object's members, no name twice.</summary>
    private static Dictionary<string, JsonElement> Members(JsonElement element, string where, IReadOnlyList<string>? names = null)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new BadArgumentException($"{where} must be an object in braces.");
        }
        var members = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string name = member.Name;
            if (names is not null && !names.Contains(name))
            {
                throw Unknown(where, name, names);
            }
            if (!members.TryAdd(name, member.Value))
            {
                throw new BadArgumentException($"{where}: '{name}' is there twice.");
            }
        }
        return members.Count > 0 ? members : throw new BadArgumentException($"{where} is empty.");
    }

    private static BadArgumentException Unknown(string where, string word, IReadOnlyList<string> words) => new(
        $"{where}: unknown '{word}'; there are {string.Join(", ", words)}.{NearestName.Question(word, words)}");

    private static void RequireDisjoint(SweepSpec spec)
    {
        string? twice = spec.List.SelectMany(e => e.Select(a => a.Key)).Distinct(StringComparer.OrdinalIgnoreCase)
            .Concat(spec.Random?.Keys.Select(k => k.Key) ?? []).Concat(spec.Grid.Select(a => a.Key))
            .GroupBy(k => k, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new BadArgumentException($"{Section}: '{twice}' is in more than one of grid, random and list; which value would hold?");
        }
    }

    [GeneratedRegex("^[a-z][a-z-]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex OptionName();
}
