using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>Adds up energy by domain and how much of it rests on assumed constants: a product does if any of its factors does.</summary>
internal sealed class EnergySum
{
    private readonly SortedDictionary<EnergyDomain, Joules> _domains = [];
    private double _assumed;
    private double _total;

    public EnergyReading Reading => new(EnergyMethod.Modelled, _domains, _total > 0 ? _assumed / _total : 0);

    public void Add(EnergyDomain domain, Constant constant, double scale, in Amount amount)
    {
        Joules joules = constant.Times(amount.Value, amount.Low, amount.High) * scale;
        _domains[domain] = _domains.GetValueOrDefault(domain) + joules;
        _total += joules.Value;
        _assumed += constant.IsAssumed ? joules.Value : joules.Value * amount.AssumedShare;
    }
}

/// <summary>What a constant of energy is multiplied by.</summary>
/// <param name="Value">At the best values of the constants that it rests on itself.</param>
/// <param name="Low">At their lower bounds.</param>
/// <param name="High">At their upper bounds.</param>
/// <param name="AssumedShare">The share of it, 0 to 1, that rests on assumed ones.</param>
internal readonly record struct Amount(double Value, double Low, double High, double AssumedShare)
{
    /// <summary>What was counted, and rests on no constant.</summary>
    public static implicit operator Amount(double counted) => new(counted, counted, counted, 0);
}
