using System.Runtime.CompilerServices;
using NeuroHal.DeepR.Training;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Planning;

/// <summary>
/// The buffers of one core's share of a network. The same code that allocates them is run on a ledger to plan, so a plan is what
/// will be allocated, byte for byte.
/// </summary>
internal sealed class NetworkShare
{
    // The kernels as linked for a Cortex-M4F, of the numbers of lanes the one that takes most (docs/calibration.md, "Code size").
    internal static readonly Bytes KernelCode = new(8352);

    // Of these the ones that inference calls, by object file: deep_r, dense_classify, dense_interleave, dense_relu, sparse_forward.
    internal static readonly Bytes InferenceCode = new(384 + 124 + 108 + 28 + 1200);

    // What starts transfers, meets the other cores and calls the kernels: not part of the firmware that was linked.
    private static readonly Bytes _runtimeCode = Bytes.FromKiB(4);
    private static readonly Bytes _stack = Bytes.FromKiB(2);

    // Ranks drawn at a time when connections are placed: an eighth of what a full list would take, no more than this.
    private const int MostScratchRanks = 128;

    private readonly LayerShare[] _shares;
    private readonly LayerBuffers[] _kept;
    private readonly Partition _partition;

    private NetworkShare(ISram sram, TrainingOptions options, Partition partition, int core, int lanes, NetworkUse use)
    {
        bool learns = use == NetworkUse.Training;
        Core = core;
        Lanes = lanes;
        _partition = partition;
        _shares = [.. Enumerable.Range(0, options.Connectivity.Count).Select(i => partition[i, core])];
        sram.Reserve("code of kernels", learns ? KernelCode : InferenceCode);
        sram.Reserve("code of runtime (assumed)", _runtimeCode);
        sram.Reserve("stack (assumed)", _stack);

        // What kernels read a vector of lanes at a time comes first, where it is aligned without a byte in between.
        Activations = [.. options.Layers.Skip(1).Select((n, i) => sram.Allocate<float>($"activations {i + 1}", n * lanes))];
        Errors = !learns ? [] : [.. options.Layers.Skip(1).Select((n, i) => sram.Allocate<float>($"errors {i + 1}", n * lanes))];
        int parts = learns ? MostParts() * lanes : 0;
        Parts = parts > 0 ? sram.Allocate<float>("errors of other cores", parts) : default;
        Interleaved = lanes > 1 ? sram.Allocate<byte>("pixels by lane", options.Layers[0] * lanes) : default;
        bool streamed = options.Weights == WeightPlacement.Dram;
        var kept = new KeptByConnection(Velocity: learns && options.Momentum > 0, Gradient: learns && lanes < options.Minibatch);
        int largest = _shares.Max(s => s.Connections);
        LayerBuffers window = streamed ? AllocateBuffers(sram, "layer at hand", largest, kept) : default;
        _kept = new LayerBuffers[streamed ? 1 : _shares.Length];
        _kept[0] = window;
        Layers =
        [
            .. _shares.Select((share, i) => Layer(
                sram,
                options,
                i,
                share,
                streamed
                    ? window.Shortened(Math.Max(1, share.Connections))
                    : _kept[i] = AllocateBuffers(sram, $"layer {i + 1}", share.Connections, kept))),
        ];
        IsStreamed = streamed;
        int record = options.Layers[0] + 1;
        Images = [sram.Allocate<byte>("image buffer 0", record * lanes), sram.Allocate<byte>("image buffer 1", record * lanes)];
        if (learns)
        {
            NoiseStreams = sram.Allocate<uint>("random state (noise)", RandomStreams.StateWords);
            RewiringStream = sram.Allocate<uint>("random state (rewiring)", Xoshiro128.StateWords);
            Scratch = sram.Allocate<uint>("rewiring scratch", Math.Clamp(_shares.Max(s => s.Connections) / 8, 1, MostScratchRanks));
        }
        Tally = core == 0 ? sram.Allocate<Tally>("tally", 1) : default;
    }

    public int Core { get; }

    public int Lanes { get; }

    /// <summary>This core's connections of each layer; rows count from its first output.</summary>
    public IReadOnlyList<SparseMatrix> Layers { get; }

    /// <summary>Whether layers are kept in external memory and share one set of buffers here.</summary>
    public bool IsStreamed { get; }

    /// <summary>
    /// Activations of each layer of neurons after the input, all of them; the last are the sums before the softmax.
    /// </summary>
    public IReadOnlyList<SramBuffer<float>> Activations { get; }

    /// <summary>
    /// Errors of each layer of neurons after the input: dE/d(sum) of its own, parts of dE/d(activation) of the others'. None where the
    /// network does not learn, nor anything else of what follows that only learning and rewiring use.
    /// </summary>
    public IReadOnlyList<SramBuffer<float>> Errors { get; }

    /// <summary>Where the other cores' parts of errors arrive, [cores met in a stage, less one][neurons of a block][lanes].</summary>
    public SramBuffer<float> Parts { get; }

    public CoreGrid Grid => _partition.Grid;

    /// <summary>Two, so that one is filled while the other is worked on.</summary>
    public IReadOnlyList<SramBuffer<byte>> Images { get; }

    /// <summary>Pixels of all lanes side by side; not there with one lane.</summary>
    public SramBuffer<byte> Interleaved { get; }

    public SramBuffer<uint> NoiseStreams { get; }

    public SramBuffer<uint> RewiringStream { get; }

    public SramBuffer<uint> Scratch { get; }

    /// <summary>On the first core only.</summary>
    public SramBuffer<Tally> Tally { get; }

    /// <summary>
    /// What represents this core's part of the network, wherever it is kept: positions, amplitudes, signs and counts at their capacity,
    /// nothing that only training needs.
    /// </summary>
    public Bytes Model => new(_shares.Sum(s =>
        (s.Connections * (long)((2 * sizeof(ushort)) + sizeof(float))) + (SparseMatrix.SignWords(s.Connections) * sizeof(uint)) + Unsafe.SizeOf<ConnectionCount>()));

    public static NetworkShare Allocate(ISram sram, TrainingOptions options, Partition partition, int core, int lanes, NetworkUse use) =>
        new(sram, options, partition, core, lanes, use);

    /// <summary>Hands every buffer over, in one order, whether to be saved or to be filled.</summary>
    public void Carry(IStateCarrier carrier)
    {
        foreach (SramBuffer<float> buffer in Activations.Concat(Errors).Append(Parts))
        {
            carrier.Carry(buffer);
        }
        carrier.Carry(Interleaved);
        foreach (LayerBuffers buffers in _kept)
        {
            buffers.Carry(carrier);
        }
        foreach (SparseMatrix layer in Layers)
        {
            carrier.Carry(layer.Count);
        }
        carrier.Carry(Images[0]);
        carrier.Carry(Images[1]);
        carrier.Carry(NoiseStreams);
        carrier.Carry(RewiringStream);
        carrier.Carry(Scratch);
        carrier.Carry(Tally);
    }

    /// <summary>The first of this core's neurons that layer <paramref name="layer"/> feeds.</summary>
    public int FirstRow(int layer) => _shares[layer].First;

    /// <summary>This core's own part of a buffer that has a value for each neuron that layer <paramref name="layer"/> feeds.</summary>
    public SramRange<float> Own(int layer, SramBuffer<float> buffer) =>
        buffer.Slice(_shares[layer].First * Lanes, _shares[layer].Rows * Lanes);

    /// <summary>Whether this core has any of the neurons that layer <paramref name="layer"/> feeds.</summary>
    public bool Feeds(int layer) => _shares[layer].Rows > 0;

    /// <summary>
    /// Of a buffer that has a value for each neuron that layer <paramref name="layer"/> feeds, the part that a core holds before a
    /// stage of a gather, and is left with after that stage of a reduction.
    /// </summary>
    public SramRange<float> Block(int layer, int stage, int core, SramBuffer<float> buffer)
    {
        (int first, int rows) = _partition.Rows(layer, Grid.FirstRank(core, stage), Grid.Ranks(stage));
        return buffer.Slice(first * Lanes, rows * Lanes);
    }

    /// <summary>Where the part of this core's block arrives that the core at another place computed.</summary>
    public SramRange<float> PartFrom(int layer, int stage, int place)
    {
        int length = Block(layer, stage, Core, Errors[layer]).Length;
        return Parts.Slice((place < Grid.Place(Core, stage) ? place : place - 1) * length, length);
    }

    /// <summary>All parts of this core's block that arrive in a stage, in the order of places.</summary>
    public SramRange<float> AllParts(int layer, int stage) =>
        Parts.Slice(0, (Grid.Size(stage) - 1) * Block(layer, stage, Core, Errors[layer]).Length);

    /// <summary>The neurons whose errors arrive at once, where most do.</summary>
    private int MostParts()
    {
        int most = 0;
        for (int layer = 0; layer < _shares.Length - 1; layer++)
        {
            for (int stage = 0; stage < Grid.Stages; stage++)
            {
                int rows = _partition.Rows(layer, Grid.FirstRank(Core, stage), Grid.Ranks(stage)).Rows;
                most = Math.Max(most, (Grid.Size(stage) - 1) * rows);
            }
        }
        return most;
    }

    private static SparseMatrix Layer(ISram sram, TrainingOptions options, int layer, LayerShare share, LayerBuffers buffers) => new()
    {
        Inputs = options.Layers[layer],
        Outputs = share.Rows,
        Rows = buffers.Rows,
        Columns = buffers.Columns,
        Theta = buffers.Theta,
        Signs = buffers.Signs,
        Count = sram.Allocate<ConnectionCount>($"layer {layer + 1} count", 1),
        Velocity = buffers.Velocity,
        Gradient = buffers.Gradient,
    };

    /// <summary>A layer of which this core has nothing still has its buffers, one entry long: kernels ask for them.</summary>
    private static LayerBuffers AllocateBuffers(ISram sram, string name, int connections, KeptByConnection kept) =>
        Buffers(sram, name, Math.Max(1, connections), kept);

    private static LayerBuffers Buffers(ISram sram, string name, int connections, KeptByConnection kept) => new(
        sram.Allocate<ushort>($"{name} rows", connections),
        sram.Allocate<ushort>($"{name} columns", connections),
        sram.Allocate<float>($"{name} theta", connections),
        sram.Allocate<uint>($"{name} signs", SparseMatrix.SignWords(connections)),
        kept.Velocity ? sram.Allocate<float>($"{name} velocity", connections) : default,
        kept.Gradient ? sram.Allocate<float>($"{name} gradient", connections) : default);

    /// <summary>What training keeps of each connection besides its position, amplitude and sign.</summary>
    private readonly record struct KeptByConnection(bool Velocity, bool Gradient);

    private readonly record struct LayerBuffers(
        SramBuffer<ushort> Rows,
        SramBuffer<ushort> Columns,
        SramBuffer<float> Theta,
        SramBuffer<uint> Signs,
        SramBuffer<float> Velocity,
        SramBuffer<float> Gradient)
    {
        public void Carry(IStateCarrier carrier)
        {
            carrier.Carry(Rows);
            carrier.Carry(Columns);
            carrier.Carry(Theta);
            carrier.Carry(Signs);
            carrier.Carry(Velocity);
            carrier.Carry(Gradient);
        }

        /// <summary>The same buffers for a smaller layer.</summary>
        public LayerBuffers Shortened(int connections) => new(
            Rows with { Length = connections },
            Columns with { Length = connections },
            Theta with { Length = connections },
            Signs with { Length = SparseMatrix.SignWords(connections) },
            Velocity.IsPresent ? Velocity with { Length = connections } : default,
            Gradient.IsPresent ? Gradient with { Length = connections } : default);
    }
}
