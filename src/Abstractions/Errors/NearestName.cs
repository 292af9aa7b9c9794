namespace NeuroHal;

/// <summary>What somebody may have meant who wrote a name that does not exist.</summary>
public static class NearestName
{
    // A third of the letters wrong is still a slip; more is another word.
    private const int LettersPerSlip = 3;

    // Names are short; what is not is no slip of one, and comparing takes time by the square of it.
    private const int Longest = 64;

    /// <summary>
    /// The nearest of some names by the number of letters that are missing, too many, wrong or swapped with their neighbour; upper and
    /// lower case are the same.
    /// </summary>
    /// <param name="given">What was written.</param>
    /// <param name="names">What there is.</param>
    /// <returns>The first of the nearest; null where none is near, which is up to a third of the letters, one at least.</returns>
    public static string? Of(string given, IEnumerable<string> names)
    {
        string? nearest = null;
        int least = Math.Max(1, given.Length / LettersPerSlip) + 1;
        foreach (string name in names)
        {
            if (given.Length is > 0 and <= Longest && Math.Abs(name.Length - given.Length) < least && Distance(given, name) is var distance && distance < least)
            {
                (nearest, least) = (name, distance);
            }
        }
        return nearest;
    }

    /// <summary>The end of an error message: <c> Did you mean 'train'?</c> with a space before it, or nothing where no name is near.</summary>
    public static string Question(string given, IEnumerable<string> names) => Of(given, names) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>The optimal string alignment distance: Levenshtein's with neighbours swapped as one step.</summary>
    private static int Distance(string a, string b)
    {
        int[,] steps = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    steps[i, j] = i + j;
                    continue;
                }
                int change = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                steps[i, j] = Math.Min(Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, steps[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
                }
            }
        }
        return steps[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
