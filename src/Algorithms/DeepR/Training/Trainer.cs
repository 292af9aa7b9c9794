using NeuroHal.DeepR.Inference;
using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Rewiring;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Training;

/// <summary>
/// DEEP R on a device. The host only brings the samples, starts supersteps and reads results; everything the algorithm
/// keeps is in the cores' SRAM.
/// </summary>
/// <remarks>
/// Weights depend on the settings, the samples, the lanes and the cores, never on the backend: a gradient is summed over
/// lanes as a tree, an error over cores, and every core has random streams of its own.
/// </remarks>
public sealed class Trainer
{
    private const int ReportsPerEpoch = 20;
    private const int NoisePurpose = 0;
    private const int RewiringPurpose = 1;
    private const long StateVersion = 2;
    private const long NotCounted = -1;

    private readonly IDevice _device;
    private readonly TrainingOptions _options;
    private readonly NetworkShare[] _shares;
    private readonly Team _team;
    private readonly Evaluation _evaluation;
    private readonly RewiringCounter? _rewiring;
    private readonly ConnectionCount[] _count = new ConnectionCount[1];
    private readonly StateWriter _saved;
    private bool _inEpoch;
    private int _nextReport;
    private long? _placedBefore; // this epoch; null where nobody counts

    /// <summary>Plans the network, allocates it on the device's cores and gives it its first connections.</summary>
    /// <param name="device">The device.</param>
    /// <param name="options">The settings.</param>
    /// <param name="initial">The network to begin with, which crosses the host link; null to draw one.</param>
    /// <exception cref="BadArgumentException">
    /// A setting is not legal, or the given network is not one of these settings.
    /// </exception>
    /// <exception cref="PlanDoesNotFitException">The network does not fit; nothing was allocated.</exception>
    public Trainer(IDevice device, TrainingOptions options, NetworkSnapshot? initial = null)
    {
        Plan = MemoryPlan.Make(options, device.Info, initial);
        if (!Plan.Fits)
        {
            throw new PlanDoesNotFitException(Plan, PlanChange.Nearest(options, device.Info, initial));
        }
        _device = device;
        _saved = new StateWriter(device.Host);
        _rewiring = device.Find<RewiringCounter>();
        _options = options;
        var partition = new Partition(options, device.Cores.Count, device.Info.Chips, initial);
        _shares = [.. device.Cores.Take(partition.Grid.Cores).Select(c => NetworkShare.Allocate(c.Sram, options, partition, c.Id, Plan.Lanes, NetworkUse.Training))];
        foreach (NetworkShare share in _shares)
        {
            WriteSeeds(share);
        }
        _team = new Team(device, _shares, options);
        _evaluation = new Evaluation(device, _shares, _team);
        if (initial is null)
        {
            _team.Initialise();
        }
        else
        {
            GivenNetwork.Write(initial, device.Host, _shares, _team.Keep);
        }
    }

    /// <summary>What is in each core's SRAM.</summary>
    public MemoryPlan Plan { get; }

    /// <summary>Told after each training step how many samples of the epoch have been trained on.</summary>
    public Action<int>? StepDone { get; set; }

    /// <summary>
    /// Called between two steps of an epoch, the last one's end excepted, when <see cref="SaveState"/> can be called. What it
    /// throws ends training there; another call of <see cref="TrainEpoch"/> goes on with the epoch.
    /// </summary>
    public Action? BetweenSteps { get; set; }

    /// <summary>The epochs begun so far.</summary>
    public int Epoch { get; private set; }

    /// <summary>The samples of the last epoch begun that were trained on; 0 once it is finished.</summary>
    public int SamplesDone => _inEpoch ? _team.SamplesDone : 0;

    /// <summary>The epochs trained to their ends.</summary>
    public int EpochsDone => _inEpoch ? Epoch - 1 : Epoch;

    private long? Rewired => _rewiring?.Placed - _placedBefore;

    /// <summary>Brings samples into the device's external memory.</summary>
    /// <exception cref="BadArgumentException">They do not have as many pixels as the network has inputs, or labels it has no output for.</exception>
    /// <exception cref="CapacityExceededException">They do not fit.</exception>
    public LoadedSamples Load(string name, SampleSet samples) => _evaluation.Load(name, samples);

    /// <summary>Trains for one epoch, or to the end of one that was left within.</summary>
    /// <param name="samples">What to train on.</param>
    /// <param name="progress">
    /// Told twenty times an epoch, at points that do not depend on the clock; reading the figures crosses the host
    /// link, outside the training phase.
    /// </param>
    /// <param name="cancellation">Ends training between two supersteps.</param>
    /// <returns>The state at the end of the epoch.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; the epoch is not finished, another call goes on with it.</exception>
    public TrainingProgress TrainEpoch(
        LoadedSamples samples, Action<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (!_inEpoch)
        {
            Epoch++;
            _evaluation.ResetTally();
            _team.Begin(samples, Epoch, Order(samples));
            _nextReport = 1;
            _placedBefore = _rewiring?.Placed;
            _inEpoch = true;
        }
        _device.Phase = Phase.Train;
        while (!_team.Done)
        {
            _team.Train();
            StepDone?.Invoke(_team.SamplesDone);
            if (progress is not null && !_team.Done
                && (long)_team.SamplesDone * ReportsPerEpoch >= (long)_nextReport * samples.Count)
            {
                _nextReport++;
                progress(Read(samples.Count));
                _device.Phase = Phase.Train;
            }
            if (BetweenSteps is not null && !_team.Done)
            {
                BetweenSteps();
                _device.Phase = Phase.Train;
            }
            cancellation.ThrowIfCancellationRequested();
        }
        _team.Finish();
        _inEpoch = false;
        TrainingProgress end = Read(samples.Count);
        progress?.Invoke(end);
        return end;
    }

    /// <summary>Measures how many samples are classified rightly.</summary>
    /// <returns>The share of hits, 0 to 1.</returns>
    public double Evaluate(LoadedSamples samples, CancellationToken cancellation = default) => _evaluation.Evaluate(samples, cancellation);

    /// <summary>Reads what the network says to each sample: the sums before the softmax, the highest of which is its class.</summary>
    /// <returns>[samples][classes].</returns>
    public float[][] ReadSums(LoadedSamples samples, CancellationToken cancellation = default) => _evaluation.ReadSums(samples, cancellation);

    /// <summary>Reads the network from the device.</summary>
    public NetworkSnapshot ReadNetwork()
    {
        _device.Phase = Phase.Evaluate;
        return NetworkSnapshot.Read(_device.Host, _shares, _team.Bring);
    }

    /// <summary>
    /// Everything that training goes on from, as read over the host link: every buffer of every core and where the program
    /// is. Between two steps (<see cref="BetweenSteps"/>) or between epochs. The device's own state is not part of it.
    /// </summary>
    /// <returns>The state, in memory that the next call writes to again.</returns>
    public TrainingState SaveState()
    {
        _device.Phase = Phase.Evaluate;
        _saved.Restart();
        ProgramPoint point = _team.Point;
        ReadOnlySpan<long> head =
        [
            StateVersion, _shares.Length, Plan.Lanes, Epoch, SamplesDone, _nextReport,
            point.Fill, point.Present, point.UntilRewiring, (point.Unfinished ? 1 : 0) + (point.Sending ? 2 : 0),
            Rewired ?? NotCounted,
        ];
        foreach (long number in head)
        {
            _saved.Write(number);
        }
        _team.Carry(_saved);
        return new TrainingState(_saved.Bytes, _saved.IsFinite);
    }

    /// <summary>
    /// Takes back what <see cref="SaveState"/> gave, on a trainer of the same settings, lanes and cores that has not trained yet.
    /// Starts again what was on its way then, so that the device can take back its own state next.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="samples">The samples that were being trained on, loaded again.</param>
    /// <exception cref="BadDataException">The state is damaged or of another run; this trainer is of no use any more.</exception>
    public void RestoreState(ReadOnlyMemory<byte> state, LoadedSamples samples)
    {
        _device.Phase = Phase.Load;
        var reader = new StateReader(_device.Host, state);
        reader.Require("version", StateVersion);
        reader.Require("number of cores", _shares.Length);
        reader.Require("number of lanes", Plan.Lanes);
        Epoch = (int)reader.Read("epoch", 0, int.MaxValue);
        int position = (int)reader.Read("number of samples done", 0, samples.Count);
        _nextReport = (int)reader.Read("next report", 0, ReportsPerEpoch + 1);
        int fill = (int)reader.Read("image buffer", 0, 1);
        int present = (int)reader.Read("layer at hand", -1, _shares[0].IsStreamed ? _options.Connectivity.Count - 1 : -1);
        long untilRewiring = reader.Read("number of samples until rewiring", -_options.Minibatch, long.MaxValue);
        long pending = reader.Read("kind of what is pending", 0, 3);
        long rewired = reader.Read("number of connections rewired", NotCounted, long.MaxValue);
        _inEpoch = position > 0;
        _placedBefore = rewired == NotCounted ? null : _rewiring?.Placed - rewired;
        if (_inEpoch && (Epoch < 1 || (position % Plan.Lanes != 0 && position != samples.Count)))
        {
            throw new BadDataException($"The saved training state is malformed: sample {position} of epoch {Epoch} is not between two steps.");
        }
        bool several = _shares.Length > 1 && !_shares[0].IsStreamed && _inEpoch;
        if (pending != (several ? (_options.Connectivity.Count > 1 ? 3 : 1) : 0))
        {
            throw new BadDataException($"The saved training state is malformed: what is pending is {pending} at sample {position}.");
        }
        _team.Resume(samples, Epoch, Order(samples), position, new ProgramPoint(fill, present, untilRewiring, (pending & 1) != 0, (pending & 2) != 0));
        _team.Carry(reader);
        reader.RequireEnd();
        StateChecks.Require(_device.Host, _shares, _team);
    }

    private SampleOrder Order(LoadedSamples samples) => new(_options.Seed, Epoch, samples.Count);

    private void WriteSeeds(NetworkShare share)
    {
        _device.Phase = Phase.Load;
        _device.Host.Write<uint>(
            RandomSeed.Expand(_options.Seed, share.Core, NoisePurpose, RandomStreams.StateWords), share.NoiseStreams);
        _device.Host.Write<uint>(
            RandomSeed.Expand(_options.Seed, share.Core, RewiringPurpose, Xoshiro128.StateWords), share.RewiringStream);
    }

    private TrainingProgress Read(int samples)
    {
        _device.Phase = Phase.Evaluate;
        Tally tally = _evaluation.ReadTally(samples);
        int connections = 0;
        foreach (NetworkShare share in _shares)
        {
            for (int i = 0; i < share.Layers.Count; i++)
            {
                _device.Host.Read<ConnectionCount>(share.Layers[i].Count, _count);
                NetworkSnapshot.RequireSound(_count[0], share.Layers[i], share.Core, i);
                connections += _count[0].Now;
            }
        }
        return new TrainingProgress
        {
            Epoch = Epoch,
            Samples = tally.Samples,
            SamplesPerEpoch = samples,
            Accuracy = tally.Samples > 0 ? (double)tally.Correct / tally.Samples : 0,
            Loss = tally.Samples > 0 ? tally.Loss / tally.Samples : 0,
            Connections = connections,
            Rewired = Rewired,
        };
    }
}

/// <summary>What training goes on from.</summary>
/// <param name="Bytes">Little-endian: eleven 64-bit numbers, then the bytes of the buffers of each core.</param>
/// <param name="IsFinite">Whether every floating-point number in it is one, rather than infinite or not a number.</param>
public sealed record TrainingState(ReadOnlyMemory<byte> Bytes, bool IsFinite);

/// <summary>How far training is.</summary>
public sealed record TrainingProgress
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The samples of this epoch that were trained on.</summary>
    public required int Samples { get; init; }

    /// <summary>The samples of an epoch.</summary>
    public required int SamplesPerEpoch { get; init; }

    /// <summary>The share of this epoch's samples that were classified rightly before they were learnt from.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The mean cross-entropy of this epoch's samples, in nats.</summary>
    public required double Loss { get; init; }

    /// <summary>The connections present now.</summary>
    public required int Connections { get; init; }

    /// <summary>
    /// The connections that rewiring has replaced since the epoch's beginning: each one placed where one was removed counts, also
    /// if it was itself removed again later. Null where no <see cref="RewiringCounter"/> stands in front of the device.
    /// </summary>
    public required long? Rewired { get; init; }
}
