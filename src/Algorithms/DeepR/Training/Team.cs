using NeuroHal.DeepR.Planning;

namespace NeuroHal.DeepR.Training;

/// <summary>
/// The programs of all cores, run in step. With several cores each stage is a superstep of its own; one core has nobody
/// to wait for and runs a whole step in one. Layers kept in external memory need the barriers too, and one more at the
/// end of a step: what is stored can be loaded again only after a barrier.
/// </summary>
internal sealed class Team
{
    private readonly IDevice _device;
    private readonly CoreProgram[] _programs;
    private readonly (string Name, Action<ICore> Body)[] _train;
    private readonly (string Name, Action<ICore> Body)[] _evaluate;

    public Team(IDevice device, NetworkShare[] shares, TrainingOptions options)
    {
        _device = device;
        _programs = [.. shares.Select(share => new CoreProgram(shares, share.Core, options, device.Dram))];
        int layers = options.Connectivity.Count;
        IReadOnlyList<string> train = CoreProgram.TrainStages(layers);
        IReadOnlyList<string> evaluate = CoreProgram.EvaluateStages(layers);
        bool streamed = shares[0].IsStreamed;
        bool alone = shares.Length == 1 && !streamed;
        _train = alone
            ? [("train", core => TrainAlone(core, train.Count))]
            : [.. train.Select((name, stage) => (name, (Action<ICore>)(core => _programs[core.Id].Train(core, stage))))];
        if (streamed)
        {
            _train = [.. _train, ("backward 1", core => _programs[core.Id].Finish(core))];
        }
        _evaluate = alone
            ? [("evaluate", core => EvaluateAlone(core, evaluate.Count))]
            : [.. evaluate.Select((name, stage) => (name, (Action<ICore>)(core => _programs[core.Id].Evaluate(core, stage))))];
    }

    /// <summary>Draws the first connections.</summary>
    public void Initialise() => _device.Superstep("initialise", core => _programs[core.Id].Initialise(core));

    public bool Done => _programs[0].Done;

    public int SamplesDone => _programs[0].SamplesDone;

    public void Begin(LoadedSamples samples, int epoch, SampleOrder? order)
    {
        foreach (CoreProgram program in _programs)
        {
            program.Begin(samples, epoch, order);
        }
    }

    public ProgramPoint Point => _programs[0].Point;

    /// <summary>Goes on where it was after a step: buffers are yet to be filled, but what was on its way is again.</summary>
    public void Resume(LoadedSamples samples, int epoch, SampleOrder order, int position, ProgramPoint point)
    {
        foreach (CoreProgram program in _programs)
        {
            program.Resume(samples, epoch, order, position, point);
        }
        _device.Superstep("resume", core => _programs[core.Id].Restart(core, point.Sending));
    }

    /// <summary>Hands every buffer of every core over, to be saved or to be filled.</summary>
    public void Carry(IStateCarrier carrier)
    {
        foreach (CoreProgram program in _programs)
        {
            program.Carry(carrier);
        }
    }

    /// <summary>Where a core's layer has its positions in external memory; null where they are in SRAM.</summary>
    public (DramBuffer<ushort> Rows, DramBuffer<ushort> Columns)? Home(int core, int layer) => _programs[core].Home(layer);

    public void Train() => Run(_train);

    public void Evaluate() => Run(_evaluate);

    /// <summary>Ends what the last step left to do.</summary>
    public void Finish()
    {
        if (_programs.Length > 1)
        {
            _device.Superstep("backward 1", core => _programs[core.Id].Finish(core));
        }
    }

    /// <summary>Stores a layer that the host has put into every core's SRAM, where layers are kept in external memory.</summary>
    public void Keep(int layer) => _device.Superstep("keep", core => _programs[core.Id].Keep(core, layer));

    /// <summary>Makes sure that a layer is in every core's SRAM.</summary>
    public void Bring(int layer) => _device.Superstep("bring", core => _programs[core.Id].Bring(core, layer));

    private void Run((string Name, Action<ICore> Body)[] stages)
    {
        foreach ((string name, Action<ICore> body) in stages)
        {
            _device.Superstep(name, body);
        }
    }

    private void TrainAlone(ICore core, int stages)
    {
        for (int stage = 0; stage < stages; stage++)
        {
            _programs[0].Train(core, stage);
        }
        _programs[0].Finish(core);
    }

    private void EvaluateAlone(ICore core, int stages)
    {
        for (int stage = 0; stage < stages; stage++)
        {
            _programs[0].Evaluate(core, stage);
        }
    }
}
