using NeuroHal.DeepR.Planning;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Training;

/// <summary>
/// Keeps a core's layers in external memory where they are placed there: fetches one before it is used and writes it
/// back after it has changed. Where they are placed in SRAM there is nothing to do.
/// </summary>
internal sealed class WeightStream
{
    private const int NoLayer = -1;
    private const int MostTransfers = 6;

    private readonly NetworkShare _share;
    private readonly HomeOfLayer[] _homes;
    private readonly DmaTransfer[] _pending = new DmaTransfer[MostTransfers];
    private int _started;

    public WeightStream(NetworkShare share, IDram dram)
    {
        _share = share;
        _homes = share.IsStreamed ? [.. share.Layers.Select((layer, i) => new HomeOfLayer(dram, layer, $"core {share.Core} layer {i + 1}"))] : [];
    }

    /// <summary>The layer in SRAM, from 0; -1 for none, or where all are.</summary>
    public int Present { get; set; } = NoLayer;

    /// <summary>Hands what is in external memory over, to be saved or to be filled.</summary>
    public void Carry(IStateCarrier carrier)
    {
        foreach (HomeOfLayer home in _homes)
        {
            home.Carry(carrier);
        }
    }

    /// <summary>A layer's positions in external memory; null where it is in SRAM.</summary>
    public (DramBuffer<ushort> Rows, DramBuffer<ushort> Columns)? Home(int layer) =>
        _homes.Length == 0 ? null : (_homes[layer].Rows, _homes[layer].Columns);

    /// <summary>Makes sure that a layer is in SRAM.</summary>
    public void Bring(ICore core, int layer)
    {
        if (_homes.Length == 0 || Present == layer)
        {
            return;
        }
        Present = layer;
        SparseMatrix matrix = _share.Layers[layer];
        HomeOfLayer home = _homes[layer];
        Load(core, home.Rows, matrix.Rows);
        Load(core, home.Columns, matrix.Columns);
        Load(core, home.Theta, matrix.Theta);
        Load(core, home.Signs, matrix.Signs);
        Load(core, home.Velocity, matrix.Velocity);
        Load(core, home.Gradient, matrix.Gradient);
        Await(core);
    }

    /// <summary>Stores a layer that did not come from external memory, but was put into SRAM.</summary>
    public void Keep(ICore core, int layer)
    {
        Present = layer;
        KeepAll(core);
    }

    /// <summary>Writes back what learning changes.</summary>
    public void KeepValues(ICore core)
    {
        if (Present != NoLayer)
        {
            StoreValues(core);
            Await(core);
        }
    }

    /// <summary>Writes back everything, which rewiring changes.</summary>
    public void KeepAll(ICore core)
    {
        if (Present != NoLayer)
        {
            SparseMatrix matrix = _share.Layers[Present];
            HomeOfLayer home = _homes[Present];
            Store(core, matrix.Rows, home.Rows);
            Store(core, matrix.Columns, home.Columns);
            Store(core, matrix.Signs, home.Signs);
            StoreValues(core);
            Await(core);
        }
    }

    private void StoreValues(ICore core)
    {
        SparseMatrix matrix = _share.Layers[Present];
        HomeOfLayer home = _homes[Present];
        Store(core, matrix.Theta, home.Theta);
        Store(core, matrix.Velocity, home.Velocity);
        Store(core, matrix.Gradient, home.Gradient);
    }

    private void Load<T>(ICore core, DramBuffer<T> from, SramBuffer<T> to)
        where T : struct
    {
        if (to.IsPresent)
        {
            _pending[_started++] = core.Dma.Load<T>(from, to);
        }
    }

    private void Store<T>(ICore core, SramBuffer<T> from, DramBuffer<T> to)
        where T : struct
    {
        if (from.IsPresent)
        {
            _pending[_started++] = core.Dma.Store<T>(from, to);
        }
    }

    private void Await(ICore core)
    {
        for (int i = 0; i < _started; i++)
        {
            core.Dma.Wait(_pending[i]);
        }
        _started = 0;
    }

    /// <summary>Where a layer is kept.</summary>
    private sealed class HomeOfLayer(IDram dram, SparseMatrix layer, string name)
    {
        public DramBuffer<ushort> Rows { get; } = dram.Allocate<ushort>($"{name} rows", layer.Rows.Length);

        public DramBuffer<ushort> Columns { get; } = dram.Allocate<ushort>($"{name} columns", layer.Columns.Length);

        public DramBuffer<float> Theta { get; } = dram.Allocate<float>($"{name} theta", layer.Theta.Length);

        public DramBuffer<uint> Signs { get; } = dram.Allocate<uint>($"{name} signs", layer.Signs.Length);

        public DramBuffer<float> Velocity { get; } =
            layer.Velocity.IsPresent ? dram.Allocate<float>($"{name} velocity", layer.Velocity.Length) : default;

        public DramBuffer<float> Gradient { get; } =
            layer.Gradient.IsPresent ? dram.Allocate<float>($"{name} gradient", layer.Gradient.Length) : default;

        public void Carry(IStateCarrier carrier)
        {
            carrier.Carry(Rows);
            carrier.Carry(Columns);
            carrier.Carry(Theta);
            carrier.Carry(Signs);
            carrier.Carry(Velocity);
            carrier.Carry(Gradient);
        }
    }
}
