namespace NeuroHal.Contracts.Tests;

/// <summary>
/// The algorithm under test: one linear neuron that learns on one core from samples in external memory. While it learns
/// from one sample, its DMA engine fetches the next into the other buffer.
/// </summary>
internal sealed class LinearNeuron
{
    private readonly IDevice _device;
    private readonly SramBuffer<float> _weights;
    private readonly SramBuffer<float>[] _samples;
    private readonly int _inputs;

    /// <exception cref="CapacityExceededException">It does not fit; nothing was allocated.</exception>
    public LinearNeuron(IDevice device, int inputs)
    {
        var needed = new Bytes(sizeof(float) * (inputs + (2L * (inputs + 1))));
        if (needed > device.Info.SramPerCore)
        {
            throw new CapacityExceededException($"A neuron of {inputs} inputs needs {needed}; a core has {device.Info.SramPerCore}.");
        }
        _device = device;
        _inputs = inputs;
        ISram sram = device.Cores[0].Sram;
        _weights = sram.Allocate<float>("weights", inputs);
        _samples = [sram.Allocate<float>("sample", inputs + 1), sram.Allocate<float>("sample", inputs + 1)];
    }

    /// <summary>Learns once from each sample, in order.</summary>
    /// <param name="samples">Each as inputs and target.</param>
    /// <param name="rate">The learning rate.</param>
    public void Train(DramBuffer<float> samples, float rate)
    {
        int count = samples.Length / (_inputs + 1);
        DmaTransfer next = default;
        _device.Phase = Phase.Train;
        for (int i = 0; i < count; i++)
        {
            int sample = i;
            _device.Superstep("learn", core =>
            {
                DmaTransfer current = sample == 0 ? Fetch(core, samples, 0) : next;
                if (sample + 1 < count)
                {
                    next = Fetch(core, samples, sample + 1);
                }
                core.Dma.Wait(current);
                core.Run(new DeltaRule(_samples[sample % 2], _weights, rate));
            });
        }
    }

    /// <summary>The weights, read over the host link.</summary>
    public float[] ReadWeights()
    {
        _device.Phase = Phase.Evaluate;
        float[] weights = new float[_inputs];
        _device.Host.Read<float>(_weights, weights);
        return weights;
    }

    private DmaTransfer Fetch(ICore core, DramBuffer<float> samples, int sample) =>
        core.Dma.Load(samples.Slice(sample * (_inputs + 1), _inputs + 1), _samples[sample % 2]);
}
