namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// What one core did in one phase at one performance level: whole numbers only, so that sums are exact; energy is
/// computed from them when it is asked for.
/// </summary>
internal sealed class CoreLedger
{
    private const int MostKernels = 1000;

    /// <summary>By <see cref="KernelNumber"/>.</summary>
    private KernelLedger[] _kernels = [];

    public long Loaded { get; set; }

    public long Stored { get; set; }

    public long Sent { get; set; }

    /// <summary>Bytes times the routers each passed.</summary>
    public long ByteHops { get; set; }

    /// <summary>Bytes times the links between chips each passed.</summary>
    public long ByteLinks { get; set; }

    /// <summary>Cycles outside kernels, such as starting transfers.</summary>
    public long ControlCycles { get; set; }

    /// <summary>Time outside kernels but not waiting.</summary>
    public long ControlPicoseconds { get; set; }

    /// <summary>Time awake without computing.</summary>
    public long AwakePicoseconds { get; set; }

    public long AsleepPicoseconds { get; set; }

    /// <summary>What each kernel did, by <see cref="KernelNumber"/>.</summary>
    public ReadOnlySpan<KernelLedger> Kernels => _kernels;

    /// <summary>All kernels together.</summary>
    public KernelLedger Total
    {
        get
        {
            KernelLedger sum = default;
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

    /// <summary>Kernels by name, because numbers are given anew in each process.</summary>
    public void Save(List<long> words)
    {
        words.AddRange([Loaded, Stored, Sent, ByteHops, ByteLinks, ControlCycles, ControlPicoseconds, AwakePicoseconds, AsleepPicoseconds]);
        words.Add(_kernels.Count(k => k.Calls > 0));
        foreach ((int number, KernelLedger kernel) in _kernels.Index().Where(k => k.Item.Calls > 0))
        {
            EmuState.Write(words, KernelNumber.Name(number));
            kernel.Save(words);
        }
    }

    public void Restore(EmuState words)
    {
        (Loaded, Stored, Sent, ByteHops, ByteLinks) = (words.Next(), words.Next(), words.Next(), words.Next(), words.Next());
        (ControlCycles, ControlPicoseconds) = (words.Next(), words.Next());
        (AwakePicoseconds, AsleepPicoseconds) = (words.Next(), words.Next());
        Array.Clear(_kernels);
        for (int left = words.NextBelow(MostKernels); left > 0; left--)
        {
            // Types that share a name come back together under it.
            Kernel(KernelNumber.OfName(words.NextText())) += KernelLedger.Restore(words);
        }
    }
}
