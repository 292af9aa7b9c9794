namespace NeuroHal.Calibration.Cases;

/// <summary>A buffer's place in SRAM, and how to copy it from there.</summary>
internal delegate void CopyBuffer(SramView from, Span<byte> image);

/// <summary>What a kernel found in SRAM, what it left there, and what it says it did.</summary>
internal sealed class Recording(IReadOnlyList<CopyBuffer> buffers, int bytes)
{
    // Between and behind the buffers, so that a kernel in C that writes there is found out.
    private const byte Unused = 0xA5;
    private const int Margin = 64;

    public byte[] Before { get; } = Blank(bytes);

    public byte[] After { get; } = Blank(bytes);

    public WorkCounts Work { get; private set; }

    public WorkCounts Run<TKernel>(TKernel kernel, SramView sram)
        where TKernel : struct, IKernel
    {
        Copy(sram, Before);
        Work = kernel.Run(sram);
        Copy(sram, After);
        return Work;
    }

    /// <summary>Whole words, because that is how the firmware takes them.</summary>
    private static byte[] Blank(int bytes)
    {
        var image = new byte[((bytes + sizeof(uint) - 1) / sizeof(uint) * sizeof(uint)) + Margin];
        Array.Fill(image, Unused);
        return image;
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
