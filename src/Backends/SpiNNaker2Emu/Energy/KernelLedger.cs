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

    public readonly void Save(List<long> words)
    {
        WorkCounts w = Work;
        words.AddRange(
        [
            w.IntegerAlu, w.IntegerDivide, w.Load, w.Store, w.BranchTaken, w.BranchNotTaken, w.FloatAdd, w.FloatMultiply,
            w.FloatMultiplyAdd, w.FloatCompare, w.FloatConvert, w.FloatDivide, w.FloatSquareRoot, w.Exponential, w.RandomWord,
            w.PipelinedLoad, w.Stall, Calls, Cycles, Picoseconds,
        ]);
    }

    public static KernelLedger Restore(EmuState words) => new()
    {
        Work = new WorkCounts
        {
            IntegerAlu = words.Next(),
            IntegerDivide = words.Next(),
            Load = words.Next(),
            Store = words.Next(),
            BranchTaken = words.Next(),
            BranchNotTaken = words.Next(),
            FloatAdd = words.Next(),
            FloatMultiply = words.Next(),
            FloatMultiplyAdd = words.Next(),
            FloatCompare = words.Next(),
            FloatConvert = words.Next(),
            FloatDivide = words.Next(),
            FloatSquareRoot = words.Next(),
            Exponential = words.Next(),
            RandomWord = words.Next(),
            PipelinedLoad = words.Next(),
            Stall = words.Next(),
        },
        Calls = words.Next(),
        Cycles = words.Next(),
        Picoseconds = words.Next(),
    };
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

    /// <summary>The number of a name; a new one where no kernel of that name was run in this process yet.</summary>
    public static int OfName(string name)
    {
        lock (_lock)
        {
            int number = _names.IndexOf(name);
            return number >= 0 ? number : Register(name);
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
