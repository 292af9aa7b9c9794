using NeuroHal;

namespace MyAlgorithm;

/// <summary>Keeps, on each core of a device, a moving mean of the samples it is shown.</summary>
public sealed class MeanFollower
{
    private readonly IDevice _device;
    private readonly float _rate;
    private readonly SramBuffer<float>[] _samples;
    private readonly SramBuffer<float>[] _means;

    /// <summary>Allocates what it needs, on every core.</summary>
    /// <param name="device">The device.</param>
    /// <param name="length">The elements of a sample.</param>
    /// <param name="rate">How far a mean moves to a sample, 0 to 1.</param>
    /// <exception cref="SramExhaustedException">It does not fit.</exception>
    public MeanFollower(IDevice device, int length, float rate)
    {
        _device = device;
        _rate = rate;
        _samples = [.. device.Cores.Select(core => core.Sram.Allocate<float>("sample", length))];
        _means = [.. device.Cores.Select(core => core.Sram.Allocate<float>("mean", length))];
    }

    /// <summary>Shows each core its sample.</summary>
    /// <param name="samples">One for each core, by id.</param>
    public void Show(IReadOnlyList<ReadOnlyMemory<float>> samples)
    {
        for (int core = 0; core < _samples.Length; core++)
        {
            _device.Host.Write<float>(samples[core], _samples[core]);
        }
        _device.Superstep("follow", core => core.Run(new Follow(_samples[core.Id], _means[core.Id], _rate)));
    }

    /// <summary>Reads a core's mean.</summary>
    public float[] ReadMean(int core)
    {
        var mean = new float[_means[core].Length];
        _device.Host.Read<float>(_means[core], mean);
        return mean;
    }
}
