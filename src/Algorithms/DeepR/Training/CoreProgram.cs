using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Rewiring;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Training;

/// <summary>
/// What a core does with one group of samples, as many as it has lanes: wait for their images, start fetching the next
/// ones, go forward, and when training go back, learn and rewire. Between groups it keeps nothing but where it is.
/// </summary>
internal sealed class CoreProgram
{
    private readonly Network _network;
    private readonly TrainingOptions _options;
    private readonly IRewiringPolicy _policy;
    private readonly int _record;
    private readonly DmaTransfer[][] _pending;
    private LoadedSamples _samples = null!;
    private SampleOrder? _order;
    private int _next;
    private int _fetched;
    private int _slot;
    private int _epoch;
    private long _untilRewiring;

    public CoreProgram(Network network, TrainingOptions options)
    {
        _network = network;
        _options = options;
        _policy = RewiringPolicies.Create(options.Rewiring);
        _record = options.Layers[0] + 1;
        _pending = [new DmaTransfer[network.Lanes], new DmaTransfer[network.Lanes]];
    }

    public bool Done => _next >= _samples.Count;

    public int SamplesDone => _next;

    /// <summary>Sets out on an epoch; null as its order goes through the samples as they lie.</summary>
    public void Begin(LoadedSamples samples, int epoch, SampleOrder? order)
    {
        _samples = samples;
        _epoch = epoch;
        _order = order;
        _next = 0;
        _fetched = 0;
        if (epoch == 1)
        {
            _untilRewiring = _policy.Period(samples.Count) ?? long.MaxValue;
        }
    }

    public void Initialise(ICore core)
    {
        foreach (SparseMatrix layer in _network.Layers)
        {
            core.Run(new InsertAtFree(layer, _network.RewiringStream, _network.Scratch));
            float fanIn = (float)layer.Capacity / layer.Outputs;
            core.Run(new InitialiseTheta(layer, _network.NoiseStreams, _options.InitialScale * MathF.Sqrt(2 / fanIn)));
        }
    }

    public void Train(ICore core)
    {
        (SramBuffer<byte> images, BatchShape shape) = NextImages(core);
        bool lastOfMinibatch = Done || _next % _options.Minibatch == 0;
        float rate = LearningRate.At(_options, _epoch, (double)(_next - shape.Active) / _samples.Count);
        Forward(core, images, shape);
        int last = _network.Layers.Count - 1;
        core.Run(new SoftmaxCrossEntropy(
            _network.Activations[^1], images, _network.Errors[last], _network.Tally, shape, 1f / _options.Minibatch));
        for (int i = last; i >= 0; i--)
        {
            if (i > 0)
            {
                core.Run(new SparseBackward(
                    _network.Layers[i], _network.Errors[i], _network.Activations[i], _network.Errors[i - 1], shape.Lanes));
            }
            Learn(core, i, rate, lastOfMinibatch);
        }
        Rewire(core, shape.Active, lastOfMinibatch);
    }

    public void Evaluate(ICore core)
    {
        (SramBuffer<byte> images, BatchShape shape) = NextImages(core);
        Forward(core, images, shape);
        core.Run(new Classify(_network.Activations[^1], images, _network.Tally, shape));
    }

    private (SramBuffer<byte> Images, BatchShape Shape) NextImages(ICore core)
    {
        if (_fetched == 0)
        {
            Fetch(core);
        }
        int slot = _slot;
        int active = Math.Min(_network.Lanes, _samples.Count - _next);
        for (int lane = 0; lane < active; lane++)
        {
            core.Dma.Wait(_pending[slot][lane]);
        }
        _next += active;
        _slot = 1 - slot;
        Fetch(core);
        return (_network.Images[slot], new BatchShape(_record - 1, _network.Lanes, active));
    }

    /// <summary>Starts fetching the next images into the buffer that is free.</summary>
    private void Fetch(ICore core)
    {
        SramBuffer<byte> images = _network.Images[_slot];
        for (int lane = 0; lane < _network.Lanes && _fetched < _samples.Count; lane++, _fetched++)
        {
            int sample = _order?[_fetched] ?? _fetched;
            _pending[_slot][lane] = core.Dma.Load(
                _samples.Records.Slice(sample * _record, _record), images.Slice(lane * _record, _record));
        }
    }

    private void Forward(ICore core, SramBuffer<byte> images, BatchShape shape)
    {
        core.Run(new PixelsToInput(images, _network.Activations[0], shape.Lanes, shape.Active));
        for (int i = 0; i < _network.Layers.Count; i++)
        {
            core.Run(new SparseForward(
                _network.Layers[i], _network.Activations[i], _network.Activations[i + 1], shape.Lanes));
            if (i < _network.Layers.Count - 1)
            {
                core.Run(new Relu(_network.Activations[i + 1]));
            }
        }
    }

    private void Learn(ICore core, int i, float rate, bool lastOfMinibatch)
    {
        SparseMatrix layer = _network.Layers[i];
        if (layer.Gradient.IsPresent)
        {
            core.Run(new SparseGradient(layer, _network.Errors[i], _network.Activations[i], _network.Lanes));
        }
        if (lastOfMinibatch)
        {
            core.Run(new SparseUpdate
            {
                Layer = layer,
                OutputError = _network.Errors[i],
                Input = _network.Activations[i],
                Lanes = _network.Lanes,
                Rate = rate,
                L1 = _options.L1,
                Momentum = _options.Momentum,
                Noise = _options.Noise,
                Streams = _network.NoiseStreams,
            });
        }
    }

    private void Rewire(ICore core, int samples, bool lastOfMinibatch)
    {
        _untilRewiring -= samples;
        if (_untilRewiring > 0 || !lastOfMinibatch)
        {
            return;
        }
        foreach (SparseMatrix layer in _network.Layers)
        {
            _policy.Rewire(core, new RewiringScope(layer, _network.RewiringStream, _network.Scratch));
        }
        _untilRewiring += _policy.Period(_samples.Count) ?? long.MaxValue;
    }
}
