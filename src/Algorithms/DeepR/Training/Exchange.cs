using NeuroHal.DeepR.Planning;

namespace NeuroHal.DeepR.Training;

/// <summary>
/// What a core sends others over the NoC, in the stages of <see cref="CoreGrid"/>: what it holds of a layer's activations, its
/// parts of errors of what they are to be left with, and samples. They hold it from the next barrier on.
/// </summary>
internal sealed class Exchange(NetworkShare[] shares, int self)
{
    private const int Few = 4;

    private readonly DmaTransfer[] _pending = new DmaTransfer[2 * Most(shares[self].Grid)];
    private readonly CoreGrid _grid = shares[self].Grid;
    private readonly Message[]?[] _gathers = new Message[]?[shares[self].Activations.Count * shares[self].Grid.Stages];
    private readonly Message[]?[] _reductions = new Message[]?[shares[self].Activations.Count * shares[self].Grid.Stages];
    private int _started;

    /// <summary>Gives the cores met in a stage what this core holds of a layer's activations.</summary>
    public void Gather(ICore core, int layer, int stage) =>
        Send(core, _gathers[(layer * _grid.Stages) + stage] ??= PlanGather(layer, stage));

    /// <summary>Gives each of the cores met in a stage this core's parts of the errors that it will be left with.</summary>
    public void Reduce(ICore core, int layer, int stage)
    {
        Send(core, _reductions[(layer * _grid.Stages) + stage] ??= PlanReduction(layer, stage));
        IsReducing = true;
    }

    /// <summary>Gives the cores met in a stage the samples that this core has and they have not.</summary>
    /// <param name="core">This core.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="buffer">Which image buffer they are in.</param>
    /// <param name="length">Their bytes.</param>
    public void Spread(ICore core, int stage, int buffer, int length)
    {
        if (length == 0 || !_grid.HasBefore(self, stage))
        {
            return;
        }
        for (int place = 1; place < _grid.Size(stage); place++)
        {
            NetworkShare other = shares[_grid.Partner(self, stage, place)];
            _pending[_started++] = core.Dma.Send(shares[self].Images[buffer].Slice(0, length), other.Images[buffer].Slice(0, length));
        }
    }

    /// <summary>Whether parts of errors are on their way, be it from others only.</summary>
    public bool IsReducing { get; private set; }

    /// <summary>Waits for what was started before the last barrier, which has arrived by now.</summary>
    public void Complete(ICore core)
    {
        for (int i = 0; i < _started; i++)
        {
            core.Dma.Wait(_pending[i]);
        }
        _started = 0;
        IsReducing = false;
    }

    private void Send(ICore core, Message[] messages)
    {
        foreach (Message message in messages)
        {
            _pending[_started++] = core.Dma.Send(message.Source, message.Destination);
        }
    }

    private Message[] PlanGather(int layer, int stage)
    {
        SramRange<float> held = shares[self].Block(layer, stage, self, shares[self].Activations[layer]);
        return held.Length == 0 ? [] : [.. Partners(stage).Select(other => new Message(held, held with { Buffer = shares[other].Activations[layer] }))];
    }

    private Message[] PlanReduction(int layer, int stage) =>
    [
        .. Partners(stage)
            .Select(other => new Message(
                shares[self].Block(layer, stage, other, shares[self].Errors[layer]), shares[other].PartFrom(layer, stage, _grid.Place(self, stage))))
            .Where(message => message.Source.Length > 0),
    ];

    /// <summary>The cores met in a stage, in the order in which they are sent to.</summary>
    private IEnumerable<int> Partners(int stage) =>
        Enumerable.Range(0, _grid.Size(stage)).Select(turn => _grid.Partner(self, stage, PlaceOf(turn, stage))).Where(other => other != self);

    /// <summary>
    /// To whom goes what this core sends as its first, second, ...: each begins behind its own place, as all would wait for one
    /// port if all began with the same. A few cores do not wait long; they go by number.
    /// </summary>
    private int PlaceOf(int turn, int stage) =>
        _grid.Size(stage) <= Few ? turn : (_grid.Place(self, stage) + turn) % _grid.Size(stage);

    private static int Most(CoreGrid grid)
    {
        int most = 1;
        for (int stage = 0; stage < grid.Stages; stage++)
        {
            most = Math.Max(most, grid.Size(stage));
        }
        return most;
    }

    /// <summary>What goes to another core in every exchange; worked out once, because thousands of cores' plans are long to look up.</summary>
    private readonly record struct Message(SramRange<float> Source, SramRange<float> Destination);
}
