using System.Globalization;

namespace NeuroHal;

/// <summary>Clock cycles of a core.</summary>
/// <param name="Count">The number of cycles.</param>
public readonly record struct Cycles(long Count) : IComparable<Cycles>
{
    /// <summary>No cycles.</summary>
    public static readonly Cycles Zero;

    /// <summary>Adds two counts.</summary>
    public static Cycles operator +(Cycles a, Cycles b) => new(a.Count + b.Count);

    /// <summary>Subtracts one count from another.</summary>
    public static Cycles operator -(Cycles a, Cycles b) => new(a.Count - b.Count);

    /// <summary>Compares two counts.</summary>
    public static bool operator <(Cycles a, Cycles b) => a.Count < b.Count;

    /// <summary>Compares two counts.</summary>
    public static bool operator >(Cycles a, Cycles b) => a.Count > b.Count;

    /// <summary>Compares two counts.</summary>
    public static bool operator <=(Cycles a, Cycles b) => a.Count <= b.Count;

    /// <summary>Compares two counts.</summary>
    public static bool operator >=(Cycles a, Cycles b) => a.Count >= b.Count;

    /// <summary>How long this many cycles take at a clock of <paramref name="hertz"/>, to the nearest picosecond.</summary>
    public SimTime At(double hertz) => SimTime.FromSeconds(Count / hertz);

    /// <inheritdoc/>
    public int CompareTo(Cycles other) => Count.CompareTo(other.Count);

    /// <summary>For instance <c>12,345 cycles</c>.</summary>
    public override string ToString() => Count.ToString("N0", CultureInfo.InvariantCulture) + " cycles";
}
