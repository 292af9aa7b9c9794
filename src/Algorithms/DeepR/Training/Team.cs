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
    private readonly Superstep[] _samples;
    private readonly Superstep[] _train;
    private readonly Superstep[] _evaluate;
    private readonly Superstep _finish;

    public Team(IDevice device, NetworkShare[] shares, TrainingOptions options)
    {
        _device = device;
        _programs = [.. shares.Select(share => new CoreProgram(shares, share.Core, options, device.Dram))];
        int exchanges = shares[0].Grid.Stages;
        IReadOnlyList<Stage> train = Stage.Train(options.Connectivity.Count, exchanges);
        IReadOnlyList<Stage> evaluate = Stage.Evaluate(options.Connectivity.Count, exchanges);
        bool streamed = shares[0].IsStreamed;
        bool alone = shares.Length == 1 && !streamed;
        _finish = Step("backward 1", (program, core) => program.Finish(core));
        _samples = [.. Stage.Samples(exchanges).Select(Step)];
        _train = alone
            ? [Step("train", (program, core) => Alone(program, core, train, training: true))]
            : [First(train[0], (program, core) => program.BeginTraining(core)), .. train.Skip(1).Select(Step)];
        if (streamed)
        {
            _train = [.. _train, _finish];
        }
        _evaluate = alone
            ? [Step("evaluate", (program, core) => Alone(program, core, evaluate, training: false))]
            : [First(evaluate[0], (program, core) => program.BeginEvaluation(core)), .. evaluate.Skip(1).Select(Step)];
    }

    /// <summary>Draws the first connections.</summary>
    public void Initialise() => Run(Step("initialise", (program, core) => program.Initialise(core)));

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
        Run(Step("resume", (program, core) => program.Restart(core, point.Sending)));
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

    public void Train() => RunStep(_train);

    public void Evaluate() => RunStep(_evaluate);

    /// <summary>Ends what the last step left to do.</summary>
    public void Finish()
    {
        if (_programs.Length > 1)
        {
            Run(_finish);
        }
    }

    /// <summary>Stores a layer that the host has put into every core's SRAM, where layers are kept in external memory.</summary>
    public void Keep(int layer) => Run(Step("keep", (program, core) => program.Keep(core, layer)));

    /// <summary>Makes sure that a layer is in every core's SRAM.</summary>
    public void Bring(int layer) => Run(Step("bring", (program, core) => program.Bring(core, layer)));

    private static void Alone(CoreProgram program, ICore core, IReadOnlyList<Stage> stages, bool training)
    {
        if (training)
        {
            program.BeginTraining(core);
        }
        else
        {
            program.BeginEvaluation(core);
        }
        for (int stage = 0; stage < stages.Count; stage++)
        {
            program.Run(core, stages[stage]);
        }
        if (training)
        {
            program.Finish(core);
        }
    }

    private Superstep Step(Stage stage) => Step(stage.Name, (program, core) => program.Run(core, stage));

    private Superstep First(Stage stage, Action<CoreProgram, ICore> begin) => Step(stage.Name, (program, core) =>
    {
        begin(program, core);
        program.Run(core, stage);
    });

    /// <summary>Cores beyond those that have a share have nothing to do.</summary>
    private Superstep Step(string name, Action<CoreProgram, ICore> body) => new(name, core =>
    {
        if (core.Id < _programs.Length)
        {
            body(_programs[core.Id], core);
        }
    });

    private void RunStep(Superstep[] steps)
    {
        if (_programs[0].NeedsSamples)
        {
            Run(_samples);
        }
        Run(steps);
    }

    private void Run(params ReadOnlySpan<Superstep> steps)
    {
        foreach (Superstep step in steps)
        {
            _device.Superstep(step.Name, step.Body);
        }
    }

    private readonly record struct Superstep(string Name, Action<ICore> Body);
}
