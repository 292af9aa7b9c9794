using System.Globalization;
using System.Text.Json.Nodes;

namespace NeuroHal.SpiNNaker2Emu.Faults;

/// <summary>
/// The short form of a plan for the command line: <c>upset:rate=1e-4,buffers=*theta*;dead:core=2,time=0.5;seed=7</c>.
/// </summary>
internal static class FaultSpec
{
    public const string Example = "upset:rate=1e-4,buffers=*theta*|*signs*;dead:core=2,time=0.5;seed=7";

    private static readonly Dictionary<string, (string Section, string? Effect)> _kinds = new()
    {
        ["upset"] = ("upsets", null),
        ["flip"] = ("flips", null),
        ["dead"] = ("deadCores", null),
        ["slow"] = ("slowCores", null),
        ["lose"] = ("transfers", "lose"),
        ["drop"] = ("transfers", "drop"),
        ["corrupt"] = ("transfers", "corrupt"),
    };

    private static readonly string[] _lists = ["buffers", "cores", "phases", "kinds"];

    private static readonly string[] _words = ["buffers", "buffer", "phases", "kinds"];

    /// <summary>The same plan as JSON, yet to be checked.</summary>
    /// <exception cref="BadArgumentException">It is not of this form.</exception>
    public static JsonObject ToJson(string spec)
    {
        var plan = new JsonObject();
        foreach (string part in spec.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                Assign(plan, part, part);
                continue;
            }
            string kind = part[..colon].Trim();
            if (!_kinds.TryGetValue(kind, out (string Section, string? Effect) known))
            {
                throw new BadArgumentException($"Faults: '{kind}' is none of {string.Join(", ", _kinds.Keys)}; a plan is a file, or such as {Example}");
            }
            var rule = new JsonObject();
            if (known.Effect is not null)
            {
                rule["effect"] = known.Effect;
            }
            foreach (string assignment in part[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                Assign(rule, assignment, part);
            }
            plan[known.Section] ??= new JsonArray();
            plan[known.Section]!.AsArray().Add((JsonNode)rule);
        }
        return plan;
    }

    private static void Assign(JsonObject to, string assignment, string part)
    {
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
        {
            throw new BadArgumentException($"Faults: '{assignment}' in '{part}' is not of the form KEY=VALUE; a plan is a file, or such as {Example}");
        }
        string key = assignment[..equals].Trim();
        string value = assignment[(equals + 1)..].Trim();
        if (to.ContainsKey(key))
        {
            throw new BadArgumentException($"Faults: '{part}' gives '{key}' twice.");
        }
        to[key] = _lists.Contains(key)
            ? new JsonArray([.. value.Split('|', StringSplitOptions.TrimEntries).Select(v => Value(key, v))])
            : Value(key, value);
    }

    /// <summary>Whole numbers stay whole, so that what wants one refuses 1.5.</summary>
    private static JsonValue Value(string key, string text)
    {
        if (_words.Contains(key))
        {
            return JsonValue.Create(text);
        }
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong whole))
        {
            return JsonValue.Create(whole);
        }
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return JsonValue.Create(number);
        }
        return bool.TryParse(text, out bool flag) ? JsonValue.Create(flag) : JsonValue.Create(text);
    }
}
