namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// What one core did in one phase at one performance level: whole numbers only, so that sums are exact; energy is
/// computed from them when it is asked for.
/// </summary>
internal sealed class CoreLedger
{
    private const int Fields = 23;

    public WorkCounts Work { get; set; }

    public long KernelCalls { get; set; }

    public long BusyCycles { get; set; }

    public long BusyPicoseconds { get; set; }

    public long AsleepPicoseconds { get; set; }

    public long Loaded { get; set; }

    public long Stored { get; set; }

    public long Sent { get; set; }

    /// <summary>Cycles outside kernels, such as starting transfers.</summary>
    public long ControlCycles { get; set; }

    public static int Words => Fields;

    public IEnumerable<long> ToWords() =>
    [
        Work.IntegerAlu, Work.IntegerDivide, Work.Load, Work.Store, Work.BranchTaken, Work.BranchNotTaken,
        Work.FloatAdd, Work.FloatMultiply, Work.FloatMultiplyAdd, Work.FloatCompare, Work.FloatConvert,
        Work.FloatDivide, Work.FloatSquareRoot, Work.Exponential, Work.RandomWord,
        KernelCalls, BusyCycles, BusyPicoseconds, AsleepPicoseconds, Loaded, Stored, Sent, ControlCycles,
    ];

    public void FromWords(ReadOnlySpan<long> w)
    {
        Work = new WorkCounts
        {
            IntegerAlu = w[0],
            IntegerDivide = w[1],
            Load = w[2],
            Store = w[3],
            BranchTaken = w[4],
            BranchNotTaken = w[5],
            FloatAdd = w[6],
            FloatMultiply = w[7],
            FloatMultiplyAdd = w[8],
            FloatCompare = w[9],
            FloatConvert = w[10],
            FloatDivide = w[11],
            FloatSquareRoot = w[12],
            Exponential = w[13],
            RandomWord = w[14],
        };
        (KernelCalls, BusyCycles, BusyPicoseconds, AsleepPicoseconds) = (w[15], w[16], w[17], w[18]);
        (Loaded, Stored, Sent, ControlCycles) = (w[19], w[20], w[21], w[22]);
    }
}
