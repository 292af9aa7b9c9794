using NeuroHal.DeepR.Planning;
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

    private readonly IDevice _device;
    private readonly TrainingOptions _options;
    private readonly NetworkShare[] _shares;
    private readonly Team _team;
    private readonly Tally[] _tally = new Tally[1];
    private readonly ConnectionCount[] _count = new ConnectionCount[1];

    /// <summary>Plans the network, allocates it on the device's cores and gives it its first connections.</summary>
    /// <exception cref="BadArgumentException">A setting is not legal, or a layer is too small for so many cores.</exception>
    /// <exception cref="PlanDoesNotFitException">The network does not fit; nothing was allocated.</exception>
    public Trainer(IDevice device, TrainingOptions options)
    {
        Plan = MemoryPlan.Make(options, device.Info);
        if (!Plan.Fits)
        {
            throw new PlanDoesNotFitException(Plan, PlanChange.Nearest(options, device.Info));
        }
        _device = device;
        _options = options;
        var partition = new Partition(options, device.Cores.Count);
        _shares = [.. device.Cores.Select(c => NetworkShare.Allocate(c.Sram, options, partition, c.Id, Plan.Lanes))];
        foreach (NetworkShare share in _shares)
        {
            WriteSeeds(share);
        }
        _team = new Team(device, _shares, options);
    }

    /// <summary>What is in each core's SRAM.</summary>
    public MemoryPlan Plan { get; }

    /// <summary>Told after each training step how many samples of the epoch have been trained on.</summary>
    public Action<int>? StepDone { get; set; }

    /// <summary>The epochs trained so far.</summary>
    public int Epoch { get; private set; }

    /// <summary>Brings samples into the device's external memory.</summary>
    /// <exception cref="BadArgumentException">They do not have as many pixels as the network has inputs, or labels it has no output for.</exception>
    /// <exception cref="CapacityExceededException">They do not fit.</exception>
    public LoadedSamples Load(string name, SampleSet samples)
    {
        if (samples.PixelsPerSample != _options.Layers[0])
        {
            throw new BadArgumentException(
                $"'{name}' has {samples.PixelsPerSample} pixels a sample, but the network has {_options.Layers[0]} inputs.");
        }
        int highest = samples.Labels.Span.IndexOfAnyExceptInRange((byte)0, (byte)Math.Min(255, _options.Layers[^1] - 1));
        if (highest >= 0)
        {
            throw new BadArgumentException(
                $"'{name}' has the label {samples.Labels.Span[highest]}, but the network has {_options.Layers[^1]} outputs.");
        }
        _device.Phase = Phase.Load;
        byte[] records = samples.ToRecords();
        DramBuffer<byte> buffer = _device.Dram.Allocate<byte>(name, records.Length);
        _device.Host.Write<byte>(records, buffer);
        return new LoadedSamples(buffer, samples.Count);
    }

    /// <summary>Trains for one epoch.</summary>
    /// <param name="samples">What to train on.</param>
    /// <param name="progress">
    /// Told twenty times an epoch, at points that do not depend on the clock; reading the figures crosses the host
    /// link, outside the training phase.
    /// </param>
    /// <param name="cancellation">Ends training between two supersteps.</param>
    /// <returns>The state at the end of the epoch.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; the epoch is not finished.</exception>
    public TrainingProgress TrainEpoch(
        LoadedSamples samples, Action<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        Epoch++;
        ResetTally();
        _team.Begin(samples, Epoch, new SampleOrder(_options.Seed, Epoch, samples.Count));
        _device.Phase = Phase.Train;
        int report = 1;
        while (!_team.Done)
        {
            _team.Train();
            StepDone?.Invoke(_team.SamplesDone);
            cancellation.ThrowIfCancellationRequested();
            if (progress is not null && !_team.Done
                && (long)_team.SamplesDone * ReportsPerEpoch >= (long)report * samples.Count)
            {
                report++;
                progress(Read(samples.Count));
                _device.Phase = Phase.Train;
            }
        }
        _team.Finish();
        TrainingProgress end = Read(samples.Count);
        progress?.Invoke(end);
        return end;
    }

    /// <summary>Measures how many samples are classified rightly.</summary>
    /// <returns>The share of hits, 0 to 1.</returns>
    public double Evaluate(LoadedSamples samples, CancellationToken cancellation = default)
    {
        ResetTally();
        _team.Begin(samples, 0, null);
        while (!_team.Done)
        {
            cancellation.ThrowIfCancellationRequested();
            _team.Evaluate();
        }
        Tally tally = ReadTally(samples.Count);
        return tally.Samples > 0 ? (double)tally.Correct / tally.Samples : 0;
    }

    /// <summary>Reads the network from the device.</summary>
    public NetworkSnapshot ReadNetwork()
    {
        _device.Phase = Phase.Evaluate;
        return NetworkSnapshot.Read(_device.Host, _shares, _team.Bring);
    }

    private void WriteSeeds(NetworkShare share)
    {
        _device.Phase = Phase.Load;
        _device.Host.Write<uint>(
            RandomSeed.Expand(_options.Seed, share.Core, NoisePurpose, RandomStreams.StateWords), share.NoiseStreams);
        _device.Host.Write<uint>(
            RandomSeed.Expand(_options.Seed, share.Core, RewiringPurpose, Xoshiro128.StateWords), share.RewiringStream);
    }

    private void ResetTally()
    {
        _device.Phase = Phase.Evaluate;
        _tally[0] = default;
        _device.Host.Write<Tally>(_tally, _shares[0].Tally);
    }

    private Tally ReadTally(int samples)
    {
        _device.Host.Read<Tally>(_shares[0].Tally, _tally);
        Tally tally = _tally[0];
        return tally.Correct >= 0 && tally.Correct <= tally.Samples && tally.Samples <= samples
            ? tally
            : throw new DeviceFaultException(
                $"Core {_shares[0].Core}: 'tally' says {tally.Correct} hits of {tally.Samples} samples, but there are {samples}: "
                + "memory is corrupted. Go on from a checkpoint.");
    }

    private TrainingProgress Read(int samples)
    {
        _device.Phase = Phase.Evaluate;
        Tally tally = ReadTally(samples);
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
        };
    }
}

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
}
