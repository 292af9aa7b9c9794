using System.Diagnostics;
using NeuroHal.Fuzz.Mutations;

namespace NeuroHal.Fuzz;

/// <summary>What came of an input that should not have.</summary>
/// <param name="Reader">Whose.</param>
/// <param name="Seed">The campaign's seed.</param>
/// <param name="Number">Which of the campaign's inputs it was.</param>
/// <param name="Input">The input.</param>
/// <param name="What">What came of it.</param>
internal sealed record Failure(string Reader, ulong Seed, long Number, byte[] Input, string What)
{
    /// <summary>Everything it takes to see it again.</summary>
    public override string ToString() =>
        $"{Reader}, seed {Seed}, input {Number}: {What}{Environment.NewLine}  base64 {Convert.ToBase64String(Input)}";
}

/// <summary>What came of a reader's inputs.</summary>
internal sealed record Figures(string Reader)
{
    public long Inputs { get; set; }

    public long Bytes { get; set; }

    public long Successes { get; set; }

    public long TypedErrors { get; set; }

    public long Others { get; set; }

    public TimeSpan Worst { get; set; }

    /// <summary>The most that one input allocated, and how long that input was.</summary>
    public (long Allocated, int Length) Most { get; set; }

    public TimeSpan Elapsed { get; set; }

    /// <summary>The first failures; the count is <see cref="Others"/>.</summary>
    public List<Failure> Failures { get; } = [];
}

/// <summary>Feeds one reader with damaged inputs, each of which is determined by the seed, the reader's name and its number.</summary>
internal sealed class Campaign(string name, ulong seed)
{
    private const int FailuresKept = 20;

    /// <summary>What one input may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Runs inputs from a number on.</summary>
    public Figures Run(FuzzedReader reader, long first, long count)
    {
        var figures = new Figures(name);
        using var watchdog = new Watchdog(TimeSpan.FromMinutes(2));
        long start = Stopwatch.GetTimestamp();
        for (long number = first; number < first + count; number++)
        {
            byte[] input = reader.Make(Dice.Of(seed, name, number));
            Failure Failed(string what) => new(name, seed, number, input, what);
            watchdog.Begin(() => Failed("no end of it; hangs").ToString());
            Verdict verdict = Verdict.Of(reader, input);
            watchdog.End();
            figures.Inputs++;
            figures.Bytes += input.Length;
            figures.Worst = verdict.Time > figures.Worst ? verdict.Time : figures.Worst;
            figures.Most = verdict.Allocated > figures.Most.Allocated ? (verdict.Allocated, input.Length) : figures.Most;
            if (verdict.Defect is { } defect)
            {
                figures.Others++;
                if (figures.Failures.Count < FailuresKept)
                {
                    figures.Failures.Add(Failed(defect));
                }
            }
            else if (verdict.IsSuccess)
            {
                figures.Successes++;
            }
            else
            {
                figures.TypedErrors++;
            }
        }
        figures.Elapsed = Stopwatch.GetElapsedTime(start);
        return figures;
    }
}
