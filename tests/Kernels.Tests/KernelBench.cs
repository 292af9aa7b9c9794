namespace NeuroHal.Kernels.Tests;

/// <summary>One core's memory to run kernels on, without a device around it.</summary>
internal sealed class KernelBench
{
    private readonly SramStorage _sram = new(0, Bytes.FromKiB(4096));

    public SramBuffer<T> Of<T>(params T[] values) where T : struct
    {
        SramBuffer<T> buffer = _sram.Allocate<T>("test", values.Length);
        values.CopyTo(_sram.View.Span(buffer));
        return buffer;
    }

    public SramBuffer<T> Empty<T>(int length) where T : struct => _sram.Allocate<T>("test", length);

    public Span<T> Read<T>(SramBuffer<T> buffer) where T : struct => _sram.View.Span(buffer);

    public WorkCounts Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel => kernel.Run(_sram.View);

    public SramBuffer<uint> Streams(ulong seed = 1) => Of(RandomSeed.Expand(seed, 0, 0, RandomStreams.StateWords));

    public SramBuffer<uint> Stream(ulong seed = 1) => Of(RandomSeed.Expand(seed, 0, 1, Xoshiro128.StateWords));

    /// <summary>An empty layer.</summary>
    public SparseMatrix Layer(int inputs, int outputs, int capacity, bool velocity = false, bool gradient = false) => new()
    {
        Inputs = inputs,
        Outputs = outputs,
        Rows = Empty<ushort>(capacity),
        Columns = Empty<ushort>(capacity),
        Theta = Empty<float>(capacity),
        Signs = Empty<uint>(SparseMatrix.SignWords(capacity)),
        Count = Empty<ConnectionCount>(1),
        Velocity = velocity ? Empty<float>(capacity) : default,
        Gradient = gradient ? Empty<float>(capacity) : default,
    };

    /// <summary>A layer filled at random.</summary>
    public SparseMatrix Filled(int inputs, int outputs, int capacity, ulong seed, bool velocity = false, bool gradient = false)
    {
        SparseMatrix layer = Layer(inputs, outputs, capacity, velocity, gradient);
        Run(new InsertAtFree(layer, Stream(seed), Empty<uint>(16)));
        Run(new InitialiseTheta(layer, Streams(seed), 1));
        return layer;
    }

    /// <summary>A layer of some of another's rows, counted from the first of them.</summary>
    public SparseMatrix Rows(SparseMatrix layer, int first, int end)
    {
        int[] entries = [.. Enumerable.Range(0, Read(layer.Count)[0].Now).Where(i => Read(layer.Rows)[i] >= first && Read(layer.Rows)[i] < end)];
        SparseMatrix part = Layer(layer.Inputs, end - first, Math.Max(1, entries.Length));
        for (int i = 0; i < entries.Length; i++)
        {
            Read(part.Rows)[i] = (ushort)(Read(layer.Rows)[entries[i]] - first);
            Read(part.Columns)[i] = Read(layer.Columns)[entries[i]];
            Read(part.Theta)[i] = Read(layer.Theta)[entries[i]];
            Read(part.Signs)[i / 32] |= Sign(layer, entries[i]) < 0 ? 1u << (i % 32) : 0;
        }
        Read(part.Count)[0] = new ConnectionCount(entries.Length, entries.Length);
        return part;
    }

    /// <summary>The layer as a dense matrix, [outputs][inputs].</summary>
    public float[,] Dense(SparseMatrix layer)
    {
        var dense = new float[layer.Outputs, layer.Inputs];
        for (int i = 0; i < Read(layer.Count)[0].Now; i++)
        {
            dense[Read(layer.Rows)[i], Read(layer.Columns)[i]] = Sign(layer, i) * Read(layer.Theta)[i];
        }
        return dense;
    }

    public float Sign(SparseMatrix layer, int i) => (Read(layer.Signs)[i / 32] >> (i % 32) & 1) == 1 ? -1 : 1;

    /// <summary>Sorted, without duplicates, inside the layer.</summary>
    public void AssertWellFormed(SparseMatrix layer)
    {
        long last = -1;
        for (int i = 0; i < Read(layer.Count)[0].Now; i++)
        {
            int row = Read(layer.Rows)[i];
            int column = Read(layer.Columns)[i];
            Assert.InRange(row, 0, layer.Outputs - 1);
            Assert.InRange(column, 0, layer.Inputs - 1);
            long position = ((long)row * layer.Inputs) + column;
            Assert.True(position > last, $"entry {i} at {position} after {last}");
            last = position;
        }
    }

    public static float[] Numbers(int count, int seed)
    {
        ulong state = RandomSeed.Mix((ulong)seed + 77);
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            state = RandomSeed.Mix(state + 1);
            numbers[i] = ((state >> 40) / (float)(1 << 24) * 2) - 1;
        }
        return numbers;
    }
}
