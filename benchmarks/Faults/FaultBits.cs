namespace NeuroHal.Benchmarks.Faults;

/// <summary>Accuracy by the bit of theta that flips.</summary>
internal static class FaultBits
{
    private static readonly (int Bit, string Meaning)[] _bits =
    [
        (31, "sign"),
        (30, "exponent, highest"),
        (29, "exponent"),
        (28, "exponent"),
        (26, "exponent"),
        (23, "exponent, lowest"),
        (22, "mantissa, highest"),
    ];

    private static readonly string[] _policies = ["deep-r", "static"];

    public static string Write(StudyRuns runs)
    {
        var table = new List<string> { "| bit | | flips, median | DEEP R | no rewiring |", "|---:|---|---:|---:|---:|" };
        foreach ((int bit, string meaning) in _bits)
        {
            Spread[] spreads = [.. _policies.Select(p => runs.Of(p, 1, _ => $"upset:rate=1e-3,buffers=*theta*,phases=train,lowestBit={bit},highestBit={bit}"))];
            long[] injected = [.. spreads[0].Runs.Select(r => r.Injected).Order()];
            table.Add($"| {bit} | {meaning} | {injected[injected.Length / 2]} | {string.Join(" | ", spreads.Select(s => s.Accuracies))} |");
        }
        return string.Join('\n', table);
    }
}
