using System.Globalization;

namespace NeuroHal;

/// <summary>
/// A span of device time, kept in whole picoseconds so that sums are exact and the same on every host. Reaches 106
/// days. On an emulator it is simulated, on a real device it is what the device's clock says.
/// </summary>
/// <param name="Picoseconds">The span in picoseconds.</param>
public readonly record struct SimTime(long Picoseconds) : IComparable<SimTime>
{
    private const double PicosecondsPerSecond = 1e12;

    /// <summary>No time.</summary>
    public static readonly SimTime Zero;

    /// <summary>The span in seconds.</summary>
    public double Seconds => Picoseconds / PicosecondsPerSecond;

    /// <summary>The span nearest to <paramref name="seconds"/>.</summary>
    public static SimTime FromSeconds(double seconds) => new((long)Math.Round(seconds * PicosecondsPerSecond));

    /// <summary>The span nearest to <paramref name="nanoseconds"/>.</summary>
    public static SimTime FromNanoseconds(double nanoseconds) => new((long)Math.Round(nanoseconds * 1e3));

    /// <summary>The later of two moments.</summary>
    public static SimTime Max(SimTime a, SimTime b) => a.Picoseconds >= b.Picoseconds ? a : b;

    /// <summary>Adds two spans.</summary>
    public static SimTime operator +(SimTime a, SimTime b) => new(a.Picoseconds + b.Picoseconds);

    /// <summary>Subtracts one span from another.</summary>
    public static SimTime operator -(SimTime a, SimTime b) => new(a.Picoseconds - b.Picoseconds);

    /// <summary>Compares two spans.</summary>
    public static bool operator <(SimTime a, SimTime b) => a.Picoseconds < b.Picoseconds;

    /// <summary>Compares two spans.</summary>
    public static bool operator >(SimTime a, SimTime b) => a.Picoseconds > b.Picoseconds;

    /// <summary>Compares two spans.</summary>
    public static bool operator <=(SimTime a, SimTime b) => a.Picoseconds <= b.Picoseconds;

    /// <summary>Compares two spans.</summary>
    public static bool operator >=(SimTime a, SimTime b) => a.Picoseconds >= b.Picoseconds;

    /// <inheritdoc/>
    public int CompareTo(SimTime other) => Picoseconds.CompareTo(other.Picoseconds);

    /// <summary>With the unit that reads best: <c>4 ns</c>, <c>1.25 ms</c>, <c>216 s</c>.</summary>
    public override string ToString() => Seconds switch
    {
        >= 1 or <= -1 => string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.###} s"),
        >= 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{Seconds * 1e3:0.###} ms"),
        >= 1e-6 => string.Create(CultureInfo.InvariantCulture, $"{Seconds * 1e6:0.###} us"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Seconds * 1e9:0.###} ns"),
    };
}
