using BenchmarkDotNet.Attributes;
using NeuroHal.Kernels;

namespace NeuroHal.Benchmarks;

/// <summary>Each kernel on the published network: one call for each of its layers that uses it.</summary>
[InProcess]
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private static readonly int[] _sizes = [784, 300, 100, 10];
    private static readonly int[] _connections = [2352, 900, 300];

    private readonly SramStorage _sram = new(0, Bytes.FromKiB(4096));
    private readonly SparseMatrix[] _layers = new SparseMatrix[3];
    private readonly SramBuffer<float>[] _activations = new SramBuffer<float>[3];
    private readonly SramBuffer<float>[] _errors = new SramBuffer<float>[3];
    private SramBuffer<byte> _records;
    private SramBuffer<byte> _pixels;
    private SramBuffer<uint> _streams;
    private SramBuffer<uint> _stream;
    private SramBuffer<uint> _scratch;
    private SramBuffer<Tally> _tally;

    [Params(1, 4, 8, 16, 32)]
    public int Lanes { get; set; }

    [GlobalSetup]
    public void Allocate()
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            _activations[i] = _sram.Allocate<float>("activations", _sizes[i + 1] * Lanes);
            _errors[i] = _sram.Allocate<float>("errors", _sizes[i + 1] * Lanes);
        }
        _pixels = _sram.Allocate<byte>("pixels", 784 * Lanes);
        _streams = Filled(RandomSeed.Expand(1, 0, 0, RandomStreams.StateWords));
        _stream = Filled(RandomSeed.Expand(1, 0, 1, Xoshiro128.StateWords));
        _scratch = _sram.Allocate<uint>("scratch", 128);
        _tally = _sram.Allocate<Tally>("tally", 1);
        uint[] noise = RandomSeed.Expand(2, 0, 0, 785 * Lanes);
        _records = Filled([.. noise.Select((w, i) => i % 785 == 784 ? (byte)(w % 10) : w % 5 == 0 ? (byte)(w >> 8) : (byte)0)]);
        new InterleavePixels(_records, _pixels, Lanes, Lanes).Run(_sram.View);
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new SparseMatrix
            {
                Inputs = _sizes[i],
                Outputs = _sizes[i + 1],
                Rows = _sram.Allocate<ushort>("rows", _connections[i]),
                Columns = _sram.Allocate<ushort>("columns", _connections[i]),
                Theta = _sram.Allocate<float>("theta", _connections[i]),
                Signs = _sram.Allocate<uint>("signs", SparseMatrix.SignWords(_connections[i])),
                Count = _sram.Allocate<ConnectionCount>("count", 1),
                Velocity = _sram.Allocate<float>("velocity", _connections[i]),
            };
            new InsertAtFree(_layers[i], _stream, _scratch).Run(_sram.View);
            new InitialiseTheta(_layers[i], _streams, 1).Run(_sram.View);
        }
        Forward();
        Softmax();
        Backward();
    }

    [Benchmark]
    public void Interleave() => new InterleavePixels(_records, _pixels, Lanes, Lanes).Run(_sram.View);

    [Benchmark]
    public void Forward()
    {
        new SparseForward<byte>(_layers[0], _pixels, _activations[0], Lanes).Run(_sram.View);
        new SparseForward<float>(_layers[1], _activations[0], _activations[1], Lanes).Run(_sram.View);
        new SparseForward<float>(_layers[2], _activations[1], _activations[2], Lanes).Run(_sram.View);
    }

    [Benchmark]
    public void Rectify()
    {
        new Relu(_activations[0]).Run(_sram.View);
        new Relu(_activations[1]).Run(_sram.View);
    }

    [Benchmark]
    public void Softmax() =>
        new SoftmaxCrossEntropy(_activations[2], _records, _errors[2], _tally, new BatchShape(784, Lanes, Lanes), 1f / Lanes).Run(_sram.View);

    [Benchmark]
    public void Backward()
    {
        new SparseBackward(_layers[2], _errors[2], _errors[1], Lanes).Run(_sram.View);
        new SumErrors(_errors[1], default, _activations[1]).Run(_sram.View);
        new SparseBackward(_layers[1], _errors[1], _errors[0], Lanes).Run(_sram.View);
        new SumErrors(_errors[0], default, _activations[0]).Run(_sram.View);
    }

    [Benchmark]
    public void Update() => UpdateAll(0);

    [Benchmark]
    public void UpdateWithNoise() => UpdateAll(3e-4f);

    /// <summary>A tenth of the connections goes, as it does in training with the preset fast.</summary>
    [Benchmark]
    public void Rewire()
    {
        foreach (SparseMatrix layer in _layers)
        {
            Span<float> theta = _sram.View.Span(layer.Theta);
            for (int i = 5; i < theta.Length; i += 10)
            {
                theta[i] = -1;
            }
            new PruneNegative(layer).Run(_sram.View);
            new InsertAtFree(layer, _stream, _scratch).Run(_sram.View);
        }
    }

    // A rate of 0 keeps the network as it is from call to call.
    private void UpdateAll(float noise)
    {
        Update(_layers[0], _errors[0], _pixels, noise);
        Update(_layers[1], _errors[1], _activations[0], noise);
        Update(_layers[2], _errors[2], _activations[1], noise);
    }

    private void Update<T>(SparseMatrix layer, SramBuffer<float> error, SramBuffer<T> input, float noise)
        where T : struct => new SparseUpdate<T>
        {
            Layer = layer,
            OutputError = error,
            Input = input,
            Lanes = Lanes,
            Rate = 0,
            L1 = 1e-3f,
            Momentum = 0.9f,
            Noise = noise,
            Streams = _streams,
        }.Run(_sram.View);

    private SramBuffer<T> Filled<T>(T[] values)
        where T : struct
    {
        SramBuffer<T> buffer = _sram.Allocate<T>("filled", values.Length);
        values.CopyTo(_sram.View.Span(buffer));
        return buffer;
    }
}
