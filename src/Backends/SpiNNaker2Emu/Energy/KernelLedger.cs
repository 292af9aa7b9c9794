namespace NeuroHal.SpiNNaker2Emu;

/// <summary>What the calls of one kernel, or of several together, did.</summary>
internal record struct KernelLedger
{
    public WorkCounts Work { get; set; }

    public long Calls { get; set; }

    public long Cycles { get; set; }

    public long Picoseconds { get; set; }

    public static KernelLedger operator +(KernelLedger a, KernelLedger b) => new()
    {
        Work = a.Work + b.Work,
        Calls = a.Calls + b.Calls,
        Cycles = a.Cycles + b.Cycles,
        Picoseconds = a.Picoseconds + b.Picoseconds,
    };

    public void Add(in WorkCounts work, Cycles cycles, SimTime time)
    {
        Work += work;
        Calls++;
        Cycles += cycles.Count;
        Picoseconds += time.Picoseconds;
    }
}

/// <summary>Numbers kernel types in the order in which they are first run, so that ledgers can be arrays.</summary>
internal static class KernelNumber
{
    private static readonly Lock _lock = new();
    private static readonly List<string> _names = [];

    /// <summary>The name of a number.</summary>
    public static string Name(int number)
    {
        lock (_lock)
        {
            return _names[number];
        }
    }

    private static int Register(string name)
    {
        lock (_lock)
        {
            _names.Add(name);
            return _names.Count - 1;
        }
    }

    /// <summary>The number of a kernel type.</summary>
    public static class Of<TKernel>
        where TKernel : struct, IKernel
    {
        public static readonly int Number = Register(default(TKernel).Name);
    }
}
