using NeuroHal.Results;

namespace NeuroHal.Cli.Reports;

/// <summary>Faults in words.</summary>
internal static class FaultWords
{
    extension(InjectedFaults faults)
    {
        /// <summary>Those put in: <c>12 bit flip, 1 dead core</c>.</summary>
        public string Injected => faults.Counts.Count == 0
            ? "none"
            : string.Join(", ", faults.Counts.Select(c =>
                $"{Figures.Whole(c.Injected)} {c.Kind}{(c.Missed > 0 ? $" ({Figures.Whole(c.Missed)} more struck unused memory)" : "")}"));

        /// <summary>Those that the device noticed.</summary>
        public string Detected => faults.Counts.Where(c => c.Detected > 0).ToArray() is { Length: > 0 } detected
            ? string.Join(", ", detected.Select(c => $"{Figures.Whole(c.Detected)} {c.Kind}"))
            : "none";
    }
}
