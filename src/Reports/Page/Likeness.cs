using NeuroHal.Reports.Runs;
using NeuroHal.Results;

namespace NeuroHal.Reports.Page;

/// <summary>Whether runs may be compared at all: what is not the same in all of them, by name and with its values.</summary>
internal static class Likeness
{
    public static Html Of(IReadOnlyList<ReportedRun> runs)
    {
        if (runs.Count == 1)
        {
            return Html.Empty;
        }
        // Backends have levels and settings each of their own, so these are held against those of runs on the same one.
        string[] differ =
        [
            .. Differences(runs, r => [.. Conditions.OfData(r), .. Conditions.OfTraining(r), new("cores", Words.Whole(r.Memory.Cores.Count))]),
            .. runs.Where(r => r.Record.Device is not null).GroupBy(r => r.Record.Backend.Id).SelectMany(same => Differences([.. same], Conditions.OfDevice)),
        ];
        string terms = differ.Length == 0 ? "Same data, settings and seed." : $"Not the same in all of these runs: {string.Join("; ", differ)}.";
        string[] unknown = [.. runs.Where(r => r.Record.Device is null).Select(r => r.Name)];
        string silent = unknown.Length == 0 ? "" : $" What the device was set to is not recorded of {Listed(unknown)}.";
        string weights = runs.Select(r => r.Record.Weights.Sha256).Distinct().Count() == 1 ? "The trained networks are bit-identical." : "The trained networks differ.";
        return Html.Of($"<p>{terms}{silent} {weights}</p>\n");
    }

    private static IEnumerable<string> Differences(IReadOnlyList<ReportedRun> runs, Func<RunRecord, IEnumerable<Condition>> of)
    {
        Dictionary<string, string>[] told = [.. runs.Select(r => of(r.Record).ToDictionary(c => c.Name, c => c.Value, StringComparer.OrdinalIgnoreCase))];
        foreach (string name in told.SelectMany(t => t.Keys).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            string[] values = [.. told.Select(t => t.GetValueOrDefault(name, Conditions.Default)).Distinct()];
            if (values.Length > 1)
            {
                yield return $"{name} {Listed(values)}";
            }
        }
    }

    private static string Listed(string[] values) => values.Length == 1 ? values[0] : $"{string.Join(", ", values[..^1])} and {values[^1]}";
}
