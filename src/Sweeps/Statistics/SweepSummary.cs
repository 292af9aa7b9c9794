using System.Globalization;
using System.Text;
using NeuroHal.Sweeps.Folders;
using NeuroHal.Sweeps.Tables;

namespace NeuroHal.Sweeps.Statistics;

/// <summary>A sweep in words and means, as Markdown.</summary>
public static class SweepSummary
{
    /// <summary>Writes it.</summary>
    /// <param name="title">What was swept.</param>
    /// <param name="keys">The keys that runs differ in.</param>
    /// <param name="rows">The runs.</param>
    /// <param name="pictures">The names of the pictures that go with it.</param>
    public static string Of(string title, IReadOnlyList<string> keys, IReadOnlyList<SweepRow> rows, IReadOnlyList<string> pictures)
    {
        IReadOnlyList<RunGroup> groups = RunGroup.Of(rows);
        string[] columns = [.. keys.Where(k => groups.Any(g => g.Values.Any(v => v.Key == k)))];
        var text = new StringBuilder();
        Line($"# Sweep {Plain(title)}");
        Line();
        Line($"{rows.Count} run(s): {string.Join(", ", rows.GroupBy(r => r.Status).OrderBy(g => g.Key).Select(g => $"{g.Count()} {SweepTable.Word(g.Key)}"))}. Swept: {string.Join(", ", keys)}.");
        Line();
        Line($"Means over seeds, with {StudentInterval.Confidence * 100:0} % confidence intervals of the mean by Student's t (n - 1 degrees of freedom); n is the number of runs with a "
            + "result, and with one there is no interval. Energy is the mean, and the means of the lower and upper bounds in brackets; a measuring device has no bounds.");
        Line();
        string[] heads = [.. columns, "n", "test accuracy", "memory", "device time, training", "energy, training", "diverged"];
        Line($"| {string.Join(" | ", heads.Select(Plain))} |");
        Line($"|{string.Concat(heads.Select((_, i) => i < columns.Length ? "---|" : "---:|"))}");
        foreach (RunGroup group in groups)
        {
            IEnumerable<string> cells =
            [
                .. columns.Select(k => group.Values.FirstOrDefault(v => v.Key == k).Value ?? "-"),
                $"{group.Done.Count}",
                Share(group.Mean(r => r.Result!.Accuracy.Test)),
                Interval(group.Mean(r => r.MemoryBytes), "#,0", "B"),
                Interval(group.Mean(r => r.Result!.Time.DeviceSecondsTraining), "0.000", "s"),
                Energy(group),
                $"{group.Done.Count(r => r.Result!.NonFinite is not null)}",
            ];
            Line($"| {string.Join(" | ", cells.Select(Plain))} |");
        }
        foreach (string picture in pictures)
        {
            Line();
            Line($"![{Path.GetFileNameWithoutExtension(picture)}]({picture})");
        }
        SweepRow[] lacking = [.. rows.Where(r => r.Status is RunStatus.Failed or RunStatus.DoesNotFit)];
        if (lacking.Length > 0)
        {
            Line();
            Line("Without a result:");
            Line();
            foreach (SweepRow row in lacking)
            {
                Line($"- `{row.Planned.Id}` ({Plain(row.Planned.Description)}): {SweepTable.Word(row.Status)}. {Plain(row.Problem ?? "")}");
            }
        }
        return text.ToString();

        void Line(string line = "") => text.Append(line).Append('\n');
    }

    private static string Share(StudentInterval? mean) => mean is null ? "-" : Number(mean.Mean * 100, "0.00") + Either(mean.HalfWidth * 100, "0.00") + " %";

    private static string Interval(StudentInterval? mean, string format, string unit) =>
        mean is null ? "-" : $"{Number(mean.Mean, format)}{(mean.HalfWidth > 0 ? Either(mean.HalfWidth, format) : "")} {unit}";

    private static string Energy(RunGroup group) => group.Mean(r => r.Result!.Energy?.Joules) is not { } mean ? "-"
        : Interval(mean, "0.0000", "J") + (group.Done.All(r => r.IsModelled)
            ? $" [{Number(group.Mean(r => r.Result!.Energy?.Low)!.Mean, "0.0000")}, {Number(group.Mean(r => r.Result!.Energy?.High)!.Mean, "0.0000")}]"
            : "");

    private static string Either(double? halfWidth, string format) => halfWidth is { } half ? $" ± {Number(half, format)}" : "";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Text of others in a cell of a table.</summary>
    private static string Plain(string text) => PrintableLine.Of(text).Replace("|", "\\|", StringComparison.Ordinal);
}
