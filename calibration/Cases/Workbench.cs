using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuroHal.Calibration.Cases;

/// <summary>A core of an emulated device on which one kernel is run once.</summary>
internal sealed class Workbench(IDevice device)
{
    private readonly List<CopyBuffer> _buffers = [];
    private readonly List<(int Start, int Bytes)> _excepted = [];
    private int _bytes;

    /// <summary>What was run; null before.</summary>
    public KernelRun? Run { get; private set; }

    /// <summary>A buffer with contents.</summary>
    public SramBuffer<T> Place<T>(string name, params T[] contents)
        where T : struct
    {
        SramBuffer<T> buffer = device.Cores[0].Sram.Allocate<T>(name, contents.Length);
        device.Host.Write<T>(contents, (SramRange<T>)buffer);
        _buffers.Add((sram, image) => MemoryMarshal.AsBytes(sram.Span(buffer)).CopyTo(image[buffer.Offset..]));
        _bytes = Math.Max(_bytes, buffer.Offset + (contents.Length * Unsafe.SizeOf<T>()));
        return buffer;
    }

    /// <summary>State of random streams: an accelerator keeps it, so it is not compared where there is one.</summary>
    public SramBuffer<uint> PlaceRandom(string name, params uint[] state)
    {
        SramBuffer<uint> buffer = Place(name, state);
        _excepted.Add((buffer.Offset, state.Length * sizeof(uint)));
        return buffer;
    }

    /// <summary>Runs the kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="randomWords">The words that it will draw, in the order in which the firmware reads them.</param>
    public void Execute<TKernel>(TKernel kernel, params uint[] randomWords)
        where TKernel : struct, IKernel
    {
        // The firmware takes whole words.
        var recording = new Recording(_buffers, (_bytes + sizeof(uint) - 1) / sizeof(uint) * sizeof(uint));
        device.Phase = Phase.Train;
        long before = Busy();
        device.Superstep(kernel.Name, core => core.Run(new Recorded<TKernel>(kernel, recording)));
        Run = new KernelRun(FirmwareCall.Of(kernel), recording, Busy() - before, randomWords, _excepted);
    }

    private long Busy() => device.ReadCounters()[Phase.Train].Cores[0].Busy.Count;
}

/// <summary>A kernel's run on the emulator, and all that the firmware needs for the same.</summary>
/// <param name="Call">What the firmware is to call.</param>
/// <param name="Recording">SRAM before and after, and the counts of work.</param>
/// <param name="Cycles">The core's cycles by the emulator's counters.</param>
/// <param name="RandomWords">The words that the firmware draws.</param>
/// <param name="Random">Where the state of random streams is.</param>
internal sealed record KernelRun(
    FirmwareCall Call, Recording Recording, long Cycles, IReadOnlyList<uint> RandomWords, IReadOnlyList<(int Start, int Bytes)> Random);
