using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Planning;

/// <summary>
/// The buffers of a network on one core. The same code that allocates them for training is run on a ledger to plan, so
/// a plan is what will be allocated, byte for byte.
/// </summary>
internal sealed class Network
{
    // Program code cannot be measured here; it is reserved so that what is left is honest.
    // Assumed: kernels and control compiled with -O2 for Thumb-2, plausible between 8 and 24 KB.
    private static readonly Bytes _code = Bytes.FromKiB(16);
    private static readonly Bytes _stack = Bytes.FromKiB(2);

    private const int ScratchRanks = 128;

    private Network(ISram sram, TrainingOptions options, int lanes)
    {
        Lanes = lanes;
        sram.Reserve("code (assumed)", _code);
        sram.Reserve("stack (assumed)", _stack);
        int layers = options.Connectivity.Count;
        Layers = [.. Enumerable.Range(0, layers).Select(i => AllocateLayer(sram, options, i, lanes))];
        Activations = [.. options.Layers.Select((n, i) => sram.Allocate<float>($"activations {i}", n * lanes))];
        Errors = [.. options.Layers.Skip(1).Select((n, i) => sram.Allocate<float>($"errors {i + 1}", n * lanes))];
        int record = options.Layers[0] + 1;
        Images = [sram.Allocate<byte>("image buffer 0", record * lanes), sram.Allocate<byte>("image buffer 1", record * lanes)];
        NoiseStreams = sram.Allocate<uint>("random state (noise)", RandomStreams.StateWords);
        RewiringStream = sram.Allocate<uint>("random state (rewiring)", Xoshiro128.StateWords);
        Scratch = sram.Allocate<uint>("rewiring scratch", ScratchRanks);
        Tally = sram.Allocate<Tally>("tally", 1);
    }

    public int Lanes { get; }

    public IReadOnlyList<SparseMatrix> Layers { get; }

    /// <summary>Activations of each layer of neurons, the input first; the last are the sums before the softmax.</summary>
    public IReadOnlyList<SramBuffer<float>> Activations { get; }

    /// <summary>dE/d(sum) of each layer of neurons but the input.</summary>
    public IReadOnlyList<SramBuffer<float>> Errors { get; }

    /// <summary>Two, so that one is filled while the other is worked on.</summary>
    public IReadOnlyList<SramBuffer<byte>> Images { get; }

    public SramBuffer<uint> NoiseStreams { get; }

    public SramBuffer<uint> RewiringStream { get; }

    public SramBuffer<uint> Scratch { get; }

    public SramBuffer<Tally> Tally { get; }

    public static Network Allocate(ISram sram, TrainingOptions options, int lanes) => new(sram, options, lanes);

    private static SparseMatrix AllocateLayer(ISram sram, TrainingOptions options, int layer, int lanes)
    {
        int connections = options.Connections(layer);
        string name = $"layer {layer + 1}";
        return new SparseMatrix
        {
            Inputs = options.Layers[layer],
            Outputs = options.Layers[layer + 1],
            Rows = sram.Allocate<ushort>($"{name} rows", connections),
            Columns = sram.Allocate<ushort>($"{name} columns", connections),
            Theta = sram.Allocate<float>($"{name} theta", connections),
            Signs = sram.Allocate<uint>($"{name} signs", SparseMatrix.SignWords(connections)),
            Count = sram.Allocate<ConnectionCount>($"{name} count", 1),
            Velocity = options.Momentum > 0 ? sram.Allocate<float>($"{name} velocity", connections) : default,
            Gradient = lanes < options.Minibatch ? sram.Allocate<float>($"{name} gradient", connections) : default,
        };
    }
}
