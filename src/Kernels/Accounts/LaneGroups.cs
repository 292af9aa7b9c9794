namespace NeuroHal.Kernels;

/// <summary>
/// The versions of a function for several lanes: it takes them in groups of 16, 8, 4 or 1, the widest that the lanes are a
/// multiple of, each with code of its own.
/// </summary>
/// <typeparam name="T">What a version does.</typeparam>
/// <param name="of">Makes it for a width.</param>
internal sealed class LaneGroups<T>(Func<int, T> of)
{
    private readonly T _by1 = of(1);
    private readonly T _by4 = of(4);
    private readonly T _by8 = of(8);
    private readonly T _by16 = of(16);

    /// <summary>The version for so many lanes, and how many groups they are.</summary>
    public (T Version, int Groups) For(int lanes) =>
        lanes % 16 == 0 ? (_by16, lanes / 16)
        : lanes % 8 == 0 ? (_by8, lanes / 8)
        : lanes % 4 == 0 ? (_by4, lanes / 4)
        : (_by1, lanes);
}
