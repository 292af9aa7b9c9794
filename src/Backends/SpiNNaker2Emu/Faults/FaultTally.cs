namespace NeuroHal.SpiNNaker2Emu.Faults;

/// <summary>The kinds of faults that are told apart in reports.</summary>
internal enum FaultKind
{
    BitFlip,
    DeadCore,
    SlowCore,
    LostTransfer,
    DroppedTransfer,
    CorruptedTransfer,
}

/// <summary>Counts one core's faults by kind.</summary>
internal sealed class FaultTally
{
    private const int Figures = 3;

    private static readonly string[] _names =
        ["bit flip", "dead core", "slow core", "lost transfer", "dropped transfer", "corrupted transfer"];

    // By kind: injected, missed, detected.
    private readonly long[] _counts = new long[Figures * _names.Length];

    public static int Words => Figures * _names.Length;

    /// <summary>All that changed something.</summary>
    public long Injected => Enum.GetValues<FaultKind>().Sum(kind => _counts[Figures * (int)kind]);

    public static string Name(FaultKind kind) => _names[(int)kind];

    /// <summary>The counts of several cores together, the kinds of which there were none left out.</summary>
    public static IReadOnlyList<FaultCount> Sum(IEnumerable<FaultTally> tallies)
    {
        FaultTally[] all = [.. tallies];
        return
        [
            .. Enum.GetValues<FaultKind>()
                .Select(kind => new FaultCount(
                    Name(kind), all.Sum(t => t.Count(kind)), all.Sum(t => t._counts[(Figures * (int)kind) + 1]), all.Sum(t => t._counts[(Figures * (int)kind) + 2])))
                .Where(c => c.Injected + c.Missed + c.Detected > 0),
        ];
    }

    public long Count(FaultKind kind) => _counts[Figures * (int)kind];

    public void Inject(FaultKind kind) => _counts[Figures * (int)kind]++;

    public void Miss(FaultKind kind) => _counts[(Figures * (int)kind) + 1]++;

    public void Detect(FaultKind kind) => _counts[(Figures * (int)kind) + 2]++;

    public IEnumerable<long> ToWords() => _counts;

    public void FromWords(ReadOnlySpan<long> words) => words[..Words].CopyTo(_counts);
}
