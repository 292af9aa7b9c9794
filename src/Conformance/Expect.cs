using System.Globalization;

namespace NeuroHal.Conformance;

/// <summary>Expectations whose messages say what was expected, what was there, and of what.</summary>
internal static class Expect
{
    public static void That(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            throw new ClauseViolationException(otherwise.ToString(CultureInfo.InvariantCulture));
        }
    }

    public static void Equal<T>(T expected, T actual, string what) =>
        That(EqualityComparer<T>.Default.Equals(expected, actual), $"{what}: expected {expected}, got {actual}");

    public static void Contents<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what) where T : struct
    {
        Equal(expected.Length, actual.Length, $"{what}, elements");
        for (int i = 0; i < expected.Length; i++)
        {
            Equal(expected[i], actual[i], $"{what}, element {i}");
        }
    }

    public static TException Throws<TException>(Action action, string what) where TException : Exception
    {
        try
        {
            action();
        }
        catch (TException e)
        {
            return e;
        }
        catch (Exception e)
        {
            throw new ClauseViolationException($"{what}: expected {typeof(TException).Name}, got {e.GetType().Name}: {e.Message}");
        }
        throw new ClauseViolationException($"{what}: expected {typeof(TException).Name}, but nothing was thrown");
    }
}
