using System.Reflection;

namespace NeuroHal.Calibration.Machine;

/// <summary>How many operations of each class.</summary>
internal sealed class Histogram
{
    public static readonly IReadOnlyList<OperationClass> Classes = Enum.GetValues<OperationClass>();

    // By name, so that a class without its member in the counts is seen as missing there rather than forgotten here.
    private static readonly PropertyInfo?[] _members =
        [.. Classes.Select(c => typeof(WorkCounts).GetProperty(c.ToString()))];

    private readonly long[] _counts = new long[Classes.Count];

    public long this[OperationClass c]
    {
        get => _counts[(int)c];
        set => _counts[(int)c] = value;
    }

    /// <summary>Whether the counts of work have a class; what they do not have is in none of them.</summary>
    public static bool IsCounted(OperationClass c) => _members[(int)c] is not null;

    public static Histogram Of(WorkCounts work)
    {
        var histogram = new Histogram();
        foreach (OperationClass c in Classes.Where(IsCounted))
        {
            histogram[c] = (long)_members[(int)c]!.GetValue(work)!;
        }
        return histogram;
    }

    public double Cycles(Prices prices) => Classes.Sum(c => this[c] * prices[c]);

    public void Add(ReadOnlySpan<long> counts)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            _counts[i] += counts[i];
        }
    }

    public void Add(Histogram other) => Add(other._counts);
}
