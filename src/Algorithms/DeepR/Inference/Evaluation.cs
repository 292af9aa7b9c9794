using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Training;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Inference;

/// <summary>Runs samples through a network that is on a device, and counts what is classified rightly.</summary>
internal sealed class Evaluation(IDevice device, IReadOnlyList<NetworkShare> shares, Team team)
{
    private readonly Tally[] _tally = new Tally[1];

    private int Inputs => shares[0].Layers[0].Inputs;

    private int Classes => shares[0].Activations[^1].Length / shares[0].Lanes;

    /// <inheritdoc cref="Trainer.Load"/>
    public LoadedSamples Load(string name, SampleSet samples)
    {
        if (samples.PixelsPerSample != Inputs)
        {
            throw new BadArgumentException($"'{name}' has {samples.PixelsPerSample} pixels a sample, but the network has {Inputs} inputs.");
        }
        int highest = samples.Labels.Span.IndexOfAnyExceptInRange((byte)0, (byte)Math.Min(255, Classes - 1));
        if (highest >= 0)
        {
            throw new BadArgumentException($"'{name}' has the label {samples.Labels.Span[highest]}, but the network has {Classes} outputs.");
        }
        device.Phase = Phase.Load;
        byte[] records = samples.ToRecords();
        DramBuffer<byte> buffer = device.Dram.Allocate<byte>(name, records.Length);
        device.Host.Write<byte>(records, buffer);
        return new LoadedSamples(buffer, samples.Count);
    }

    /// <inheritdoc cref="Trainer.Evaluate"/>
    public double Evaluate(LoadedSamples samples, CancellationToken cancellation)
    {
        ResetTally();
        team.Begin(samples, 0, null);
        while (!team.Done)
        {
            cancellation.ThrowIfCancellationRequested();
            team.Evaluate();
        }
        Tally tally = ReadTally(samples.Count);
        return tally.Samples > 0 ? (double)tally.Correct / tally.Samples : 0;
    }

    /// <inheritdoc cref="Trainer.ReadSums"/>
    public float[][] ReadSums(LoadedSamples samples, CancellationToken cancellation)
    {
        ResetTally();
        team.Begin(samples, 0, null);
        int lanes = shares[0].Lanes;
        var sums = new float[samples.Count][];
        SramBuffer<float> last = shares[0].Activations[^1];
        var together = new float[last.Length];
        for (int first = 0; !team.Done; first += lanes)
        {
            cancellation.ThrowIfCancellationRequested();
            team.Evaluate();
            device.Host.Read<float>(last, together);
            for (int lane = 0; lane < lanes && first + lane < samples.Count; lane++)
            {
                sums[first + lane] = [.. Enumerable.Range(0, Classes).Select(i => together[(i * lanes) + lane])];
            }
        }
        return sums;
    }

    /// <summary>Begins to count.</summary>
    public void ResetTally()
    {
        device.Phase = Phase.Evaluate;
        _tally[0] = default;
        device.Host.Write<Tally>(_tally, shares[0].Tally);
    }

    /// <summary>What was counted.</summary>
    /// <exception cref="DeviceFaultException">It cannot be of so many samples.</exception>
    public Tally ReadTally(int samples)
    {
        device.Host.Read<Tally>(shares[0].Tally, _tally);
        Tally tally = _tally[0];
        return tally.Correct >= 0 && tally.Correct <= tally.Samples && tally.Samples <= samples
            ? tally
            : throw new DeviceFaultException(
                $"Core {shares[0].Core}: 'tally' says {tally.Correct} hits of {tally.Samples} samples, but there are {samples}: "
                + "memory is corrupted. Go on from a checkpoint.");
    }
}
