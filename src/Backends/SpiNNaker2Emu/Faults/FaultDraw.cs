namespace NeuroHal.SpiNNaker2Emu.Faults;

/// <summary>
/// Random numbers of one event, from a hash of what the event is: nothing is kept between events, so what happens does not
/// depend on the order in which cores run, and a device whose counters are restored meets the same faults again.
/// </summary>
internal struct FaultDraw
{
    private const double Unit53 = 1.0 / (1L << 53);

    private ulong _state;

    /// <param name="seed">The plan's seed.</param>
    /// <param name="purpose">Tells the draws of one event from each other, and rules too.</param>
    /// <param name="core">The core.</param>
    /// <param name="number">The event's number there.</param>
    public FaultDraw(ulong seed, int purpose, int core, long number) =>
        _state = Mix(Mix(Mix(seed) ^ (((ulong)(uint)core << 32) | (uint)purpose)) ^ (ulong)number);

    /// <summary>A number from [0, 1), a multiple of 2^-53.</summary>
    public double Unit() => (Next() >> 11) * Unit53;

    /// <summary>A number below a bound that is far below 2^64.</summary>
    public long Below(long bound) => (long)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>
    /// An exponential of mean 1 from comparisons alone (von Neumann 1951, "Various techniques used in connection with
    /// random digits"), because a logarithm's last bit differs from host to host.
    /// </summary>
    public double Exponential()
    {
        for (int whole = 0; ; whole++)
        {
            double first = Unit();
            double last = first;
            int run = 1;
            for (double next = Unit(); next < last; next = Unit())
            {
                last = next;
                run++;
            }
            if (run % 2 == 1)
            {
                return whole + first;
            }
        }
    }

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
