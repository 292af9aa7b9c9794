using System.Globalization;

namespace NeuroHal;

/// <summary>
/// An amount of energy: the best value and the bounds it lies between. A measured energy may have bounds as tight as
/// its meter; a modelled one has those of the constants it was computed from.
/// </summary>
/// <param name="Value">The best value, in joules.</param>
/// <param name="Low">The lower bound, in joules.</param>
/// <param name="High">The upper bound, in joules.</param>
public readonly record struct Joules(double Value, double Low, double High)
{
    /// <summary>No energy.</summary>
    public static readonly Joules Zero;

    /// <summary>An energy known exactly.</summary>
    public static Joules Exactly(double joules) => new(joules, joules, joules);

    /// <summary>Adds two energies; the bounds add too, so they hold even if the errors go the same way.</summary>
    public static Joules operator +(Joules a, Joules b) => new(a.Value + b.Value, a.Low + b.Low, a.High + b.High);

    /// <summary>Scales an energy by a factor that is not negative.</summary>
    public static Joules operator *(Joules a, double factor) => new(a.Value * factor, a.Low * factor, a.High * factor);

    /// <summary>The mean power over <paramref name="time"/>, in watts; 0 over no time.</summary>
    public double AverageWatts(SimTime time) => time > SimTime.Zero ? Value / time.Seconds : 0;

    /// <summary>With bounds: <c>12.3 J [8.1, 19]</c>.</summary>
    public override string ToString()
    {
        (double scale, string unit) = Value switch
        {
            >= 1 or 0 => (1.0, "J"),
            >= 1e-3 => (1e3, "mJ"),
            >= 1e-6 => (1e6, "uJ"),
            _ => (1e9, "nJ"),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Value * scale:0.###} {unit} [{Low * scale:0.###}, {High * scale:0.###}]");
    }
}
