using System.Globalization;

namespace NeuroHal;

/// <summary>An amount of memory or traffic in bytes.</summary>
/// <param name="Count">The number of bytes.</param>
public readonly record struct Bytes(long Count) : IComparable<Bytes>
{
    /// <summary>No bytes.</summary>
    public static readonly Bytes Zero;

    /// <summary><paramref name="count"/> units of 1024 bytes, as on-chip memories are sized.</summary>
    public static Bytes FromKiB(long count) => new(count * 1024);

    /// <summary>Adds two amounts.</summary>
    public static Bytes operator +(Bytes a, Bytes b) => new(a.Count + b.Count);

    /// <summary>Subtracts one amount from another; the result may be negative (a shortfall).</summary>
    public static Bytes operator -(Bytes a, Bytes b) => new(a.Count - b.Count);

    /// <summary>Scales an amount.</summary>
    public static Bytes operator *(Bytes a, long factor) => new(a.Count * factor);

    /// <summary>Compares two amounts.</summary>
    public static bool operator <(Bytes a, Bytes b) => a.Count < b.Count;

    /// <summary>Compares two amounts.</summary>
    public static bool operator >(Bytes a, Bytes b) => a.Count > b.Count;

    /// <summary>Compares two amounts.</summary>
    public static bool operator <=(Bytes a, Bytes b) => a.Count <= b.Count;

    /// <summary>Compares two amounts.</summary>
    public static bool operator >=(Bytes a, Bytes b) => a.Count >= b.Count;

    /// <inheritdoc/>
    public int CompareTo(Bytes other) => Count.CompareTo(other.Count);

    /// <summary>Exact, with thousands separated: <c>65,536 B</c>.</summary>
    public override string ToString() => Count.ToString("N0", CultureInfo.InvariantCulture) + " B";
}
