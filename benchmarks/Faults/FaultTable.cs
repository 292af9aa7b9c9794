using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuroHal.Benchmarks.Faults;

/// <summary>Fault, rate, outcome, accuracy: one row for each kind of fault.</summary>
internal static partial class FaultTable
{
    private static readonly (string Fault, string Rate, int Cores, string Plan)[] _rows =
    [
        ("none", "", 1, ""),
        ("upsets in theta", "1e-4", 1, "upset:rate=1e-4,phases=train,buffers=*theta*"),
        ("upsets in velocity", "1e-4", 1, "upset:rate=1e-4,phases=train,buffers=*velocity*"),
        ("upsets in stored gradients", "1e-4", 1, "upset:rate=1e-4,phases=train,buffers=*gradient*"),
        ("upsets in signs", "1e-4", 1, "upset:rate=1e-4,phases=train,buffers=*signs*"),
        ("upsets in signs", "1e-2", 1, "upset:rate=1e-2,phases=train,buffers=*signs*"),
        ("upsets in rows and columns", "1e-5", 1, "upset:rate=1e-5,phases=train,buffers=*rows*|*columns*"),
        ("upsets in rows and columns", "1e-4", 1, "upset:rate=1e-4,phases=train,buffers=*rows*|*columns*"),
        ("upsets in counts", "1e-2", 1, "upset:rate=1e-2,phases=train,buffers=*count*"),
        ("upsets in activations and errors", "1e-4", 1, "upset:rate=1e-4,phases=train,buffers=activations*|errors*"),
        ("upsets in activations and errors", "1e-2", 1, "upset:rate=1e-2,phases=train,buffers=activations*|errors*"),
        ("upsets in images", "1e-2", 1, "upset:rate=1e-2,phases=train,buffers=image*|pixels*"),
        ("upsets in images", "1e0", 1, "upset:rate=1,phases=train,buffers=image*|pixels*"),
        ("upsets in random state and scratch", "1e-1", 1, "upset:rate=0.1,phases=train,buffers=random*|*scratch*"),
        ("upsets in all buffers", "1e-6", 1, "upset:rate=1e-6,phases=train"),
        ("upsets in all buffers", "1e-5", 1, "upset:rate=1e-5,phases=train"),
        ("none", "", 2, ""),
        ("slow core", "clock × 0.5", 2, "slow:core=1,factor=0.5"),
        ("dead core", "at 1.2 s", 2, "dead:core=1,time=1.2"),
        ("lost transfer", "1e-6 of all", 2, "lose:rate=1e-6"),
        ("lost transfer", "1e-5 of all", 2, "lose:rate=1e-5"),
        ("dropped load of an image", "1e-2", 2, "drop:rate=1e-2,kinds=load"),
        ("dropped load of an image", "1e-1", 2, "drop:rate=0.1,kinds=load"),
        ("dropped send", "1e-4", 2, "drop:rate=1e-4,kinds=send"),
        ("dropped send", "1e-2", 2, "drop:rate=1e-2,kinds=send"),
        ("corrupted load of an image", "1e-1", 2, "corrupt:rate=0.1,kinds=load"),
        ("corrupted send", "1e-4", 2, "corrupt:rate=1e-4,kinds=send"),
        ("corrupted send", "1e-3", 2, "corrupt:rate=1e-3,kinds=send"),
        ("corrupted send, parity on", "1e-3", 2, "corrupt:rate=1e-3,kinds=send;parity=true"),
    ];

    public static string Write(StudyRuns runs)
    {
        var table = new List<string>
        {
            "| fault | rate | cores | injected, median | ended by a device fault | accuracy of those that ended well | device time, training | what ended the others |",
            "|---|---|---:|---:|---:|---:|---:|---|",
        };
        foreach ((string fault, string rate, int cores, string plan) in _rows)
        {
            Spread spread = runs.Of("deep-r", cores, _ => plan);
            long[] injected = [.. spread.Runs.Select(r => r.Injected).Order()];
            string time = spread.Survived == 0
                ? "-"
                : string.Create(CultureInfo.InvariantCulture, $"{spread.Runs.Where(r => r.Accuracy is not null).Average(r => r.Training.Seconds):0.00} s");
            string ends = string.Join(", ", spread.Runs.Select(r => r.Error).OfType<string>().Select(Kind).Distinct().Order(StringComparer.Ordinal));
            table.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {fault} | {rate} | {cores} | {injected[injected.Length / 2]:N0} | {spread.Runs.Count - spread.Survived} of {spread.Runs.Count} | {spread.Accuracies} | {time} | {ends} |"));
        }
        return string.Join('\n', table);
    }

    /// <summary>An error without what differs from run to run.</summary>
    private static string Kind(string error) => error switch
    {
        _ when KernelName().Match(error) is { Success: true } kernel => $"`{kernel.Groups[1].Value}` led out of its buffers",
        _ when error.Contains("barrier", StringComparison.Ordinal) => "missed the barrier",
        _ when error.Contains("did not end", StringComparison.Ordinal) => "time-out of a transfer",
        _ when error.Contains("parity", StringComparison.Ordinal) => "wrong parity",
        _ when error.Contains("says", StringComparison.Ordinal) => "host found an impossible count",
        _ => error,
    };

    [GeneratedRegex("kernel '([^']+)'")]
    private static partial Regex KernelName();
}
