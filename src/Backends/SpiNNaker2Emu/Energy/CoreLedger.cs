namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// What one core did in one phase at one performance level: whole numbers only, so that sums are exact; energy is
/// computed from them when it is asked for.
/// </summary>
internal sealed class CoreLedger
{
    private const int Fields = 28;

    /// <summary>What kernels did before the state was restored; since then it is in <see cref="Kernels"/>.</summary>
    private KernelLedger _restored;

    /// <summary>By <see cref="KernelNumber"/>.</summary>
    private KernelLedger[] _kernels = [];

    public long Loaded { get; set; }

    public long Stored { get; set; }

    public long Sent { get; set; }

    /// <summary>Bytes times the routers each passed.</summary>
    public long ByteHops { get; set; }

    /// <summary>Cycles outside kernels, such as starting transfers.</summary>
    public long ControlCycles { get; set; }

    /// <summary>Time outside kernels but not waiting.</summary>
    public long ControlPicoseconds { get; set; }

    /// <summary>Time awake without computing.</summary>
    public long AwakePicoseconds { get; set; }

    public long AsleepPicoseconds { get; set; }

    public static int Words => Fields;

    /// <summary>What each kernel did since the device was opened or its state restored, by <see cref="KernelNumber"/>.</summary>
    public ReadOnlySpan<KernelLedger> Kernels => _kernels;

    /// <summary>All kernels together.</summary>
    public KernelLedger Total
    {
        get
        {
            KernelLedger sum = _restored;
            foreach (KernelLedger kernel in _kernels)
            {
                sum += kernel;
            }
            return sum;
        }
    }

    /// <summary>What a kernel did, to be added to.</summary>
    public ref KernelLedger Kernel(int number)
    {
        if (number >= _kernels.Length)
        {
            Array.Resize(ref _kernels, number + 8);
        }
        return ref _kernels[number];
    }

    public IEnumerable<long> ToWords()
    {
        KernelLedger k = Total;
        WorkCounts w = k.Work;
        return
        [
            w.IntegerAlu, w.IntegerDivide, w.Load, w.Store, w.BranchTaken, w.BranchNotTaken, w.FloatAdd, w.FloatMultiply,
            w.FloatMultiplyAdd, w.FloatCompare, w.FloatConvert, w.FloatDivide, w.FloatSquareRoot, w.Exponential, w.RandomWord,
            k.Calls, k.Cycles, k.Picoseconds,
            Loaded, Stored, Sent, ByteHops, ControlCycles, ControlPicoseconds, AwakePicoseconds, AsleepPicoseconds,
            w.PipelinedLoad, w.Stall,
        ];
    }

    public void FromWords(ReadOnlySpan<long> w)
    {
        _kernels = [];
        _restored = new KernelLedger
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
                PipelinedLoad = w[26],
                Stall = w[27],
            },
            Calls = w[15],
            Cycles = w[16],
            Picoseconds = w[17],
        };
        (Loaded, Stored, Sent, ByteHops) = (w[18], w[19], w[20], w[21]);
        (ControlCycles, ControlPicoseconds, AwakePicoseconds, AsleepPicoseconds) = (w[22], w[23], w[24], w[25]);
    }
}
