namespace NeuroHal.Calibration.Cases;

/// <summary>A buffer's place in SRAM, and how to copy it from there.</summary>
internal delegate void CopyBuffer(SramView from, Span<byte> image);

/// <summary>What a kernel found in SRAM, what it left there, and what it says it did.</summary>
internal sealed class Recording(IReadOnlyList<CopyBuffer> buffers, int bytes)
{
    public byte[] Before { get; } = new byte[bytes];

    public byte[] After { get; } = new byte[bytes];

    public WorkCounts Work { get; private set; }

    public WorkCounts Run<TKernel>(TKernel kernel, SramView sram)
        where TKernel : struct, IKernel
    {
        Copy(sram, Before);
        Work = kernel.Run(sram);
        Copy(sram, After);
        return Work;
    }

    private void Copy(SramView sram, byte[] image)
    {
        foreach (CopyBuffer copy in buffers)
        {
            copy(sram, image);
        }
    }
}

/// <summary>Runs a kernel and records what it did.</summary>
internal readonly record struct Recorded<TKernel>(TKernel Kernel, Recording Recording) : IKernel
    where TKernel : struct, IKernel
{
    public string Name => Kernel.Name;

    public WorkCounts Run(SramView sram) => Recording.Run(Kernel, sram);
}
