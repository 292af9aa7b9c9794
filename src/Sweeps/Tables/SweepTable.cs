using NeuroHal.Results;
using NeuroHal.Sweeps.Folders;

namespace NeuroHal.Sweeps.Tables;

/// <summary>The runs of a sweep as a table, a row for each.</summary>
public static class SweepTable
{
    /// <summary>
    /// Makes it. Columns of the host are those that another host, or another day, would fill otherwise: wall time and attempts, and time and
    /// energy where a device measures them, which are the columns <c>measured...</c>.
    /// </summary>
    public static Table Of(IReadOnlyList<string> keys, IReadOnlyList<SweepRow> rows)
    {
        Column Make(string name, ColumnKind kind, bool host, Func<SweepRow, object?> value) => new(name, kind, host, [.. rows.Select(value)]);
        Column Real(string name, Func<SweepRow, double?> value, bool host = false) => Make(name, ColumnKind.Real, host, r => value(r));
        Column Whole(string name, Func<SweepRow, long?> value, bool host = false) => Make(name, ColumnKind.Integer, host, r => value(r));
        Column Text(string name, Func<SweepRow, string?> value, bool host = false) => Make(name, ColumnKind.Text, host, value);
        RunRecord? Modelled(SweepRow row) => row.IsModelled ? row.Result : null;
        RunRecord? Measured(SweepRow row) => row.IsModelled ? null : row.Result;
        return new Table(
        [
            Whole("run", r => r.Planned.Number),
            Text("id", r => r.Planned.Id),
            .. keys.Select(k => Column.OfTexts(k, [.. rows.Select(r => r.Planned.Values.GetValueOrDefault(k))])),
            Text("status", r => Word(r.Status)),
            Real("testAccuracy", r => r.Result?.Accuracy.Test),
            Real("validationAccuracy", r => r.Result?.Accuracy.Validation),
            Whole("connections", r => r.Result?.Connections.Total),
            Whole("memoryBytes", r => r.MemoryBytes),
            Real("deviceSeconds", r => Modelled(r)?.Time.DeviceSecondsTraining),
            Real("energyJoules", r => Modelled(r)?.Energy?.Joules),
            Real("energyLow", r => Modelled(r)?.Energy?.Low),
            Real("energyHigh", r => Modelled(r)?.Energy?.High),
            Real("energyAssumedShare", r => Modelled(r)?.Energy?.AssumedShare),
            Whole("diverged", r => r.Result is { } result ? (result.NonFinite is null ? 0 : 1) : null),
            Text("weights", r => r.Result?.Weights.Sha256),
            Text("dataset", r => r.Result?.Dataset.Sha256),
            Text("profile", r => r.Result?.Backend.Profile),
            Real("measuredDeviceSeconds", r => Measured(r)?.Time.DeviceSecondsTraining, host: true),
            Real("measuredEnergyJoules", r => Measured(r)?.Energy?.Joules, host: true),
            Real("wallSeconds", r => r.Result?.Time.WallSeconds, host: true),
            Whole("attempts", r => r.Attempts.Count, host: true),
            Text("engine", r => r.LastAttempt?.Engine, host: true),
            Text("node", r => r.LastAttempt?.Node, host: true),
            Text("problem", r => r.Problem, host: true),
        ]);
    }

    /// <summary>A status as it is written: <c>does-not-fit</c>.</summary>
    public static string Word(RunStatus status) => status == RunStatus.DoesNotFit ? "does-not-fit" : status.ToString().ToLowerInvariant();
}
