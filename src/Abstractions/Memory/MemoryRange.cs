namespace NeuroHal;

internal static class MemoryRange
{
    public static bool Holds(int available, int start, int length) =>
        start >= 0 && length >= 0 && (long)start + length <= available;

    public static BadArgumentException Outside(string what, int start, int length, int available) =>
        new($"{what}: elements [{start}, {(long)start + length}) asked for, but it holds [0, {available}).");
}
