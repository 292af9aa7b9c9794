namespace NeuroHal.Sweeps.Specification;

/// <summary>The word that somebody may have meant.</summary>
public static class NearestWord
{
    // Longer words are not typing errors, and would take long to compare.
    private const int Longest = 100;

    /// <summary>The nearest of some words by Levenshtein's distance, upper and lower case alike; null where none is near.</summary>
    public static string? To(string word, IEnumerable<string> words)
    {
        if (word.Length > Longest)
        {
            return null;
        }
        (string? nearest, int least) = (null, (word.Length / 4) + 3);
        foreach (string other in words)
        {
            int distance = Distance(word.ToUpperInvariant(), other.ToUpperInvariant());
            if (distance < least)
            {
                (nearest, least) = (other, distance);
            }
        }
        return nearest;
    }

    /// <summary>Levenshtein's distance: how many letters must be put in, taken out or changed.</summary>
    private static int Distance(string a, string b)
    {
        int[] before = [.. Enumerable.Range(0, b.Length + 1)], row = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(changed, Math.Min(before[j], row[j - 1]) + 1);
            }
            (before, row) = (row, before);
        }
        return before[b.Length];
    }
}
