using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuroHal.Kernels;

namespace NeuroHal.Calibration.Cases;

/// <summary>A core of an emulated device on which one kernel is run once.</summary>
internal sealed class Workbench(IDevice device)
{
    private const int ScratchRanks = 128;

    private readonly List<CopyBuffer> _buffers = [];
    private int _bytes;

    /// <summary>What was run; null before.</summary>
    public KernelRun? Run { get; private set; }

    /// <summary>A buffer with contents.</summary>
    public SramBuffer<T> Place<T>(string name, params T[] contents)
        where T : struct
    {
        SramBuffer<T> buffer = PlaceUnseen(name, contents);
        _buffers.Add((sram, image) => MemoryMarshal.AsBytes(sram.Span(buffer)).CopyTo(image[buffer.Offset..]));
        _bytes = Math.Max(_bytes, buffer.Offset + (contents.Length * Unsafe.SizeOf<T>()));
        return buffer;
    }

    public SramBuffer<T> Empty<T>(string name, int length)
        where T : struct =>
        Place(name, new T[length]);

    public SramBuffer<uint> Streams(Contents contents) =>
        Place("streams", RandomSeed.Expand(contents.Seed(), 0, 0, RandomStreams.StateWords));

    public SramBuffer<uint> Stream(Contents contents) =>
        Place("stream", RandomSeed.Expand(contents.Seed(), 0, 1, Xoshiro128.StateWords));

    /// <summary>A layer whose connections the kernels themselves have placed and given a theta.</summary>
    public SparseMatrix Layer(LayerShape shape, Contents contents)
    {
        var layer = new SparseMatrix
        {
            Inputs = shape.Inputs,
            Outputs = shape.Outputs,
            Rows = Empty<ushort>("rows", shape.Capacity),
            Columns = Empty<ushort>("columns", shape.Capacity),
            Theta = Empty<float>("theta", shape.Capacity),
            Signs = Empty<uint>("signs", SparseMatrix.SignWords(shape.Capacity)),
            Count = Empty<ConnectionCount>("count", 1),
            Velocity = shape.Velocity ? Empty<float>("velocity", shape.Capacity) : default,
            Gradient = shape.Gradient ? Place("gradient", contents.Errors(shape.Capacity, 0.3)) : default,
        };
        int connections = shape.Connections ?? shape.Capacity;
        if (connections > 0)
        {
            SramBuffer<uint> stream = PlaceUnseen("placing", RandomSeed.Expand(contents.Seed(), 0, 1, Xoshiro128.StateWords));
            SramBuffer<uint> streams = PlaceUnseen("amplitudes", RandomSeed.Expand(contents.Seed(), 0, 0, RandomStreams.StateWords));
            SramBuffer<uint> scratch = PlaceUnseen("scratch", new uint[ScratchRanks]);
            device.Phase = Phase.Load;
            device.Superstep("layer", core =>
            {
                core.Run(new InsertAtFree(layer with { Rows = layer.Rows with { Length = connections } }, stream, scratch));
                core.Run(new InitialiseTheta(layer, streams, 1));
            });
        }
        if (shape.Velocity)
        {
            // After the placing, which sets it to zero.
            device.Host.Write<float>(contents.Errors(shape.Capacity, 0.1), layer.Velocity);
        }
        return layer;
    }

    /// <summary>Overwrites a buffer.</summary>
    public void Fill<T>(SramBuffer<T> buffer, T[] contents)
        where T : struct =>
        device.Host.Write<T>(contents, buffer);

    /// <summary>Runs the kernel.</summary>
    public void Execute<TKernel>(TKernel kernel)
        where TKernel : struct, IKernel
    {
        var recording = new Recording(_buffers, _bytes);
        device.Phase = Phase.Train;
        long before = Busy();
        device.Superstep(kernel.Name, core => core.Run(new Recorded<TKernel>(kernel, recording)));
        FirmwareCall call = FirmwareCall.Of(kernel);
        Run = new KernelRun(
            call,
            recording.Before,
            recording.After,
            recording.Work,
            Busy() - before,
            [.. call.Random.SelectMany(r => r.Words(r.StateIn(recording.Before), recording.Work.RandomWord))]);
    }

    /// <summary>A buffer that the kernel has no part in.</summary>
    private SramBuffer<T> PlaceUnseen<T>(string name, T[] contents)
        where T : struct
    {
        SramBuffer<T> buffer = device.Cores[0].Sram.Allocate<T>(name, contents.Length);
        Fill(buffer, contents);
        return buffer;
    }

    private long Busy() => device.ReadCounters()[Phase.Train].Cores[0].Busy.Count;
}
