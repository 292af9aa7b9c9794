namespace NeuroHal;

internal static class MemoryRange
{
    public static void Check(string what, int start, int length, int available)
    {
        if (start < 0 || length < 0 || (long)start + length > available)
        {
            throw new BadArgumentException(
                $"{what}: elements [{start}, {(long)start + length}) asked for, but it holds [0, {available}).");
        }
    }
}
