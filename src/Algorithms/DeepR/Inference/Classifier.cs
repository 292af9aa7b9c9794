using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Inference;

/// <summary>A trained network on a device, to be tested or asked. Of what only training needs there is nothing on the cores.</summary>
/// <remarks>Sums are computed in the same order on every device, with any cores and lanes, so classes are the same everywhere.</remarks>
public sealed class Classifier
{
    private readonly Evaluation _evaluation;

    /// <summary>Plans the network, allocates it on the device's cores and sends it there over the host link.</summary>
    /// <param name="device">The device.</param>
    /// <param name="network">The network.</param>
    /// <param name="options">The settings.</param>
    /// <exception cref="BadArgumentException">A setting is not legal, or the network is not sound.</exception>
    /// <exception cref="PlanDoesNotFitException">The network does not fit; nothing was allocated.</exception>
    public Classifier(IDevice device, NetworkSnapshot network, InferenceOptions options)
    {
        TrainingOptions training = options.Of(network);
        Plan = MemoryPlan.Make(training, device.Info, network, NetworkUse.Inference);
        if (!Plan.Fits)
        {
            throw new PlanDoesNotFitException(Plan, PlanChange.Nearest(training, device.Info, network, NetworkUse.Inference));
        }
        var partition = new Partition(training, device.Cores.Count, device.Info.Chips, network, NetworkUse.Inference);
        NetworkShare[] shares =
        [
            .. device.Cores.Take(partition.Grid.Cores).Select(c => NetworkShare.Allocate(c.Sram, training, partition, c.Id, Plan.Lanes, NetworkUse.Inference)),
        ];
        device.Phase = Phase.Load;
        var team = new Team(device, shares, training);
        GivenNetwork.Write(network, device.Host, shares, team.Keep);
        _evaluation = new Evaluation(device, shares, team);
    }

    /// <summary>What is in each core's SRAM.</summary>
    public MemoryPlan Plan { get; }

    /// <inheritdoc cref="Trainer.Load"/>
    public LoadedSamples Load(string name, SampleSet samples) => _evaluation.Load(name, samples);

    /// <summary>Measures how many samples are classified rightly.</summary>
    /// <returns>The share of hits, 0 to 1.</returns>
    public double Evaluate(LoadedSamples samples, CancellationToken cancellation = default) => _evaluation.Evaluate(samples, cancellation);

    /// <inheritdoc cref="Trainer.ReadSums"/>
    public float[][] ReadSums(LoadedSamples samples, CancellationToken cancellation = default) => _evaluation.ReadSums(samples, cancellation);
}
