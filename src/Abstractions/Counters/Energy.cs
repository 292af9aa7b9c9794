namespace NeuroHal;

/// <summary>How an energy figure was got.</summary>
public enum EnergyMethod
{
    /// <summary>Read from a meter, such as RAPL.</summary>
    Measured,

    /// <summary>Computed from counts and a device profile.</summary>
    Modelled,
}

/// <summary>Where energy goes.</summary>
public enum EnergyDomain
{
    /// <summary>Switching in the cores while they compute.</summary>
    CoreDynamic,

    /// <summary>Leakage and clock tree of the cores, asleep or not.</summary>
    CoreStatic,

    /// <summary>Accesses to local memory.</summary>
    Sram,

    /// <summary>The DMA engines.</summary>
    Dma,

    /// <summary>The network on chip.</summary>
    Noc,

    /// <summary>External memory, its interface included.</summary>
    Dram,

    /// <summary>Exponential and random number units.</summary>
    Accelerator,

    /// <summary>The link to the host.</summary>
    HostLink,

    /// <summary>A whole processor package, where the meter tells no more.</summary>
    Package,
}

/// <summary>Energy by domain and how it was got.</summary>
/// <param name="Method">Measured or modelled.</param>
/// <param name="ByDomain">The domains that apply.</param>
/// <param name="AssumedShare">The share of the total, 0 to 1, that rests on constants without a published source, in any factor.</param>
public sealed record EnergyReading(
    EnergyMethod Method, IReadOnlyDictionary<EnergyDomain, Joules> ByDomain, double AssumedShare)
{
    /// <summary>The sum over all domains.</summary>
    public Joules Total => ByDomain.Values.Aggregate(Joules.Zero, (sum, domain) => sum + domain);

    /// <summary>Both readings together; the assumed shares are weighted by energy.</summary>
    public static EnergyReading operator +(EnergyReading a, EnergyReading b)
    {
        var sum = new SortedDictionary<EnergyDomain, Joules>(new Dictionary<EnergyDomain, Joules>(a.ByDomain));
        foreach ((EnergyDomain domain, Joules joules) in b.ByDomain)
        {
            sum[domain] = sum.GetValueOrDefault(domain) + joules;
        }
        double total = a.Total.Value + b.Total.Value;
        double assumed = (a.AssumedShare * a.Total.Value) + (b.AssumedShare * b.Total.Value);
        EnergyMethod method = a.Method == b.Method ? a.Method : EnergyMethod.Modelled;
        return new EnergyReading(method, sum, total > 0 ? assumed / total : 0);
    }
}
