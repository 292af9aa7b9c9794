using NeuroHal.Reports.Runs;
using NeuroHal.Results;

namespace NeuroHal.Reports.Page;

/// <summary>Where figures come from: device, versions, data, settings, host.</summary>
internal static class Provenance
{
    private static readonly (string Name, Func<RunRecord, string?> Text)[] _before =
    [
        ("where it ran", r => Words.Kind(r.Backend.Kind)),
        ("backend", r => $"{r.Backend.Id} {r.Backend.Version}"),
        ("device profile", r => r.Backend.Profile),
        ("level, policy", r => r.Device is { } device ? string.Join(", ", new[] { device.Level, device.Policy }.OfType<string>()) : "not recorded"),
        ("settings of the backend", r => r.Device is { Backend.Count: > 0 } device ? string.Join(", ", device.Backend.Select(s => $"{s.Key}={s.Value}")) : null),
        ("energy", r => r.Energy is { } energy ? Words.Energy(energy) : "no meter that can be read"),
        ("data set", r => r.Dataset.Name),
        ("data from", r => r.Dataset.Origin),
        ("data SHA-256", r => r.Dataset.Sha256),
        ("images", r => $"{Words.Whole(r.Dataset.Train)} to train, {Words.Whole(r.Dataset.Validation)} to validate, {Words.Whole(r.Dataset.Test)} to test"),
        ("preset", r => r.Preset),
        ("initial network", r => r.Initial?.Sha256),
    ];

    private static readonly (string Name, Func<RunRecord, string?> Text)[] _after =
    [
        ("weights SHA-256", r => r.Weights.Sha256),
        ("faults put in", r => r.Faults is { } faults ? $"{faults.Plan}: {string.Join(", ", faults.Counts.Select(c => $"{c.Injected} {c.Kind}"))}" : null),
        ("diverged", r => r.NonFinite?.Description),
        ("counters count from", r => r.CountersSince is { } since ? $"epoch {since.Epoch}, sample {Words.Whole(since.Sample)}; before that it ran on {since.Before}" : null),
        ("program", r => $"NeuroHAL {r.Environment.Version}{(r.Environment.Commit is { } commit ? $", commit {commit}" : "")}"),
        ("host", r => $"{r.Environment.Cpu}, {r.Environment.Os}, {r.Environment.Dotnet}"),
    ];

    public static Html Of(IReadOnlyList<ReportedRun> runs)
    {
        IEnumerable<(string Name, Func<RunRecord, string?> Text)> training = Conditions.OfTraining(runs[0].Record)
            .Select(setting => (setting.Name, (Func<RunRecord, string?>)(r => Conditions.OfTraining(r).Single(c => c.Name == setting.Name).Value)));
        Html[] rows =
        [
            .. _before.Concat(training).Concat(_after).Where(row => runs.Any(r => row.Text(r.Record) is not null)).Select(row => Html.Of(
                $"<tr><th scope=\"row\">{row.Name}</th>{Cells(runs, row.Text)}</tr>\n")),
        ];
        Html table = Html.Of(
            $"<table class=\"provenance\"><thead><tr><td></td>{runs.Select(r => Html.Of($"<th scope=\"col\">{r.Name}</th>"))}</tr></thead><tbody>{rows}</tbody></table>");
        return Html.Of(
            $"""
            <section id="provenance"><h2>Where the figures come from</h2>
            {Sources(runs)}{Tables.Framed("Where the figures come from", table)}</section>

            """);
    }

    private static Html Cells(IReadOnlyList<ReportedRun> runs, Func<RunRecord, string?> text)
    {
        string[] cells = [.. runs.Select(r => text(r.Record) ?? "–")];
        return cells.Length > 1 && cells.Distinct().Count() == 1
            ? Html.Of($"<td colspan=\"{cells.Length}\">{cells[0]}</td>")
            : Html.Join(cells.Select(c => Html.Of($"<td>{c}</td>")));
    }

    private static Html Sources(IReadOnlyList<ReportedRun> runs)
    {
        bool isModelled = runs.Any(r => r.Record.Energy is { Method: EnergyMethod.Modelled });
        bool isEmulated = runs.Any(r => r.Record.Backend.Kind == DeviceKind.Emulation);
        return Html.Of($"""
            <p>Memory, accuracy and weights are exact{(isEmulated ? "; emulated time is the operations counted, at the device profile's cycles for each, and not a measurement of a chip" : "")}.
            {(isModelled ? "Modelled energy is given with the bounds that its constants have; “assumed” is the share of it that rests on constants without a publication. Each constant, its bounds and its source are in the device profile." : "")}</p>

            """);
    }
}
