using System.Diagnostics;
using System.Globalization;

namespace NeuroHal.Fuzz;

/// <summary>What came of one input: a success, a typed error, or a defect of the reader.</summary>
/// <param name="IsSuccess">Whether it was read.</param>
/// <param name="Defect">What should not have been; null where all is well.</param>
/// <param name="Time">How long it took; the shortest of three times where it was long.</param>
/// <param name="Allocated">The bytes allocated by the thread that read.</param>
internal sealed record Verdict(bool IsSuccess, string? Defect, TimeSpan Time, long Allocated)
{
    // Messages are cut to about 4,000 characters; a path may be in front of that.
    private const int LongestLine = 5000;

    // What takes longer than this is tried again: on a busy host anything may take long once.
    private static readonly TimeSpan _slow = TimeSpan.FromMilliseconds(50);
    private const int Tries = 3;

    public static Verdict Of(FuzzedReader reader, byte[] input)
    {
        Verdict verdict = Once(reader, input);
        for (int i = 1; i < Tries && verdict.Time > _slow; i++)
        {
            Verdict again = Once(reader, input);
            verdict = again.Time < verdict.Time ? verdict with { Time = again.Time } : verdict;
        }
        return verdict.Defect is null && verdict.Time > Campaign.Limit
            ? verdict with { Defect = $"it took {verdict.Time.TotalSeconds:0.0} s" }
            : verdict;
    }

    private static Verdict Once(FuzzedReader reader, byte[] input)
    {
        bool success = false;
        string? defect;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        try
        {
            defect = reader.Read(input).Select(DefectOf).FirstOrDefault(d => d is not null);
            success = true;
        }
        catch (NeuroHalException e)
        {
            defect = DefectOf(e.Message);
        }
#pragma warning disable CA1031 // This is what it is all about: any other exception is a defect, and told as one.
        catch (Exception e)
#pragma warning restore CA1031
        {
            defect = e.ToString();
        }
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        long bound = reader.FreeBytes + (reader.BytesForEach * input.Length);
        defect ??= allocated > bound ? $"it took {allocated:N0} bytes of memory; {bound:N0} is what {input.Length:N0} bytes may take" : null;
        return new Verdict(success, defect, time, allocated);
    }

    /// <summary>What is wrong with a line that a user would see.</summary>
    private static string? DefectOf(string line)
    {
        // Line ends and control characters of any kind; what turns the direction of writing or cannot be encoded.
        int at = line.ToList().FindIndex(c => char.GetUnicodeCategory(c)
            is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || (c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069'));
        return line switch
        {
            "" => "a message says nothing",
            { Length: > LongestLine } => $"a message of {line.Length} characters",
            _ when at >= 0 => $"a message holds U+{(int)line[at]:X4}: {line}",
            _ => null,
        };
    }
}
