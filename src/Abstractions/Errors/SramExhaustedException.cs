namespace NeuroHal;

/// <summary>An allocation did not fit a core's SRAM.</summary>
/// <param name="core">The core.</param>
/// <param name="name">What was to be allocated.</param>
/// <param name="requested">How much was asked for.</param>
/// <param name="capacity">All there is.</param>
/// <param name="map">Who held what at that moment.</param>
public sealed class SramExhaustedException(
    int core, string name, Bytes requested, Bytes capacity, IReadOnlyList<SramRegion> map)
    : CapacityExceededException(Describe(core, name, requested, capacity, map))
{
    /// <summary>The core whose SRAM was too small.</summary>
    public int Core => core;

    /// <summary>How much was asked for.</summary>
    public Bytes Requested => requested;

    /// <summary>Who held what at that moment, in order of address.</summary>
    public IReadOnlyList<SramRegion> Map => map;

    private static string Describe(int core, string name, Bytes requested, Bytes capacity, IReadOnlyList<SramRegion> map)
    {
        string holders = map.Count == 0 ? "nothing" : string.Join(", ", map.Select(r => $"{r.Name} {r.Size}"));
        return $"Core {core}: '{name}' needs {requested}, but {capacity} of SRAM already hold {holders}.";
    }
}
