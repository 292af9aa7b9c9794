using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Rewiring;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Training;

/// <summary>
/// What a core does with one group of samples, as many as it has lanes: forward layer by layer, and when training back
/// again, learning on the way, and rewiring. Wherever the next step needs what other cores have, a stage ends; between
/// stages lies a barrier. The end of the way back, which needs nothing more of the others, opens the next group's first
/// stage.
/// </summary>
internal sealed class CoreProgram
{
    private readonly NetworkShare _share;
    private readonly TrainingOptions _options;
    private readonly IRewiringPolicy _policy;
    private readonly ImageStream _images;
    private readonly Exchange _exchange;
    private readonly WeightStream _weights;
    private readonly int _cores;
    private readonly int _last;
    private int _epoch;
    private float _rate;
    private bool _lastOfMinibatch;
    private bool _unfinished;
    private long _untilRewiring;

    public CoreProgram(NetworkShare[] shares, int self, TrainingOptions options, IDram dram)
    {
        _share = shares[self];
        _options = options;
        _policy = RewiringPolicies.Create(options.Rewiring);
        _images = new ImageStream(_share, options);
        _exchange = new Exchange(shares, self);
        _weights = new WeightStream(_share, dram);
        _cores = shares.Length;
        _last = _share.Layers.Count - 1;
    }

    public bool Done => _images.AtEnd;

    public int SamplesDone => _images.Position;

    /// <summary>The stages of a training step of a network with so many layers of connections, by name.</summary>
    public static IReadOnlyList<string> TrainStages(int layers) =>
    [
        .. Enumerable.Range(1, layers).Select(i => $"forward {i}"),
        .. Enumerable.Range(0, Math.Max(1, layers - 1)).Select(i => $"backward {layers - i}"),
    ];

    /// <summary>The stages of an evaluation step, by name.</summary>
    public static IReadOnlyList<string> EvaluateStages(int layers) =>
        [.. Enumerable.Range(1, layers).Select(i => $"forward {i}"), "classify"];

    /// <summary>Sets out on an epoch; null as its order goes through the samples as they lie.</summary>
    public void Begin(LoadedSamples samples, int epoch, SampleOrder? order)
    {
        _images.Begin(samples, order);
        _epoch = epoch;
        if (epoch == 1)
        {
            _untilRewiring = _policy.Period(samples.Count) ?? long.MaxValue;
        }
    }

    /// <summary>Where it is after a step; what else it knows follows from that.</summary>
    public ProgramPoint Point => new(_images.Fill, _weights.Present, _untilRewiring, _unfinished, _exchange.IsPending);

    /// <summary>Is where it was after a step, but for what <see cref="Restart"/> does.</summary>
    public void Resume(LoadedSamples samples, int epoch, SampleOrder order, int position, ProgramPoint point)
    {
        _images.Resume(samples, order, position, point.Fill);
        _epoch = epoch;
        (_weights.Present, _untilRewiring, _unfinished) = (point.Present, point.UntilRewiring, point.Unfinished);
        if (position > 0)
        {
            TakeStock();
        }
    }

    /// <summary>Starts what was on its way, in the same order.</summary>
    public void Restart(ICore core, bool sending)
    {
        if (_images.Position > 0)
        {
            _images.Refetch(core);
        }
        if (sending)
        {
            _exchange.Reduce(core, 0); // what a step sends last
        }
    }

    /// <summary>Hands every buffer over, to be saved or to be filled.</summary>
    public void Carry(IStateCarrier carrier)
    {
        _share.Carry(carrier);
        _weights.Carry(carrier);
    }

    /// <summary>Where a layer's positions are in external memory; null where they are in SRAM.</summary>
    public (DramBuffer<ushort> Rows, DramBuffer<ushort> Columns)? Home(int layer) => _weights.Home(layer);

    public void Initialise(ICore core)
    {
        for (int i = 0; i <= _last; i++)
        {
            SparseMatrix layer = _share.Layers[i];
            _weights.Bring(core, i);
            core.Run(new InsertAtFree(layer, _share.RewiringStream, _share.Scratch));
            float fanIn = (float)_options.Connections(i) / _options.Layers[i + 1];
            core.Run(new InitialiseTheta(layer, _share.NoiseStreams, _options.InitialScale * MathF.Sqrt(2 / fanIn)));
            _weights.KeepAll(core);
        }
    }

    /// <summary>One stage of a training step.</summary>
    public void Train(ICore core, int stage)
    {
        _exchange.Complete(core);
        if (stage == 0)
        {
            Finish(core);
            _images.Next(core);
            TakeStock();
            _unfinished = true;
        }
        if (stage <= _last)
        {
            Forward(core, stage);
            return;
        }
        if (stage == _last + 1)
        {
            core.Run(new SoftmaxCrossEntropy(
                _share.Activations[_last], _images.Records, _share.Errors[_last], _share.Tally, _images.Shape, 1f / _options.Minibatch));
        }
        int layer = (2 * _last) + 1 - stage;
        if (layer > 0)
        {
            Backward(core, layer);
        }
    }

    /// <summary>Ends the way back of the last step, if that is still to do: learns the first layer, and rewires.</summary>
    public void Finish(ICore core)
    {
        _exchange.Complete(core);
        if (!_unfinished)
        {
            return;
        }
        _unfinished = false;
        Backward(core, 0);
        _untilRewiring -= _images.Shape.Active;
        if (_untilRewiring <= 0 && _lastOfMinibatch)
        {
            for (int i = 0; i <= _last; i++)
            {
                _weights.Bring(core, i);
                _policy.Rewire(core, new RewiringScope(_share.Layers[i], _share.RewiringStream, _share.Scratch));
                _weights.KeepAll(core);
            }
            _untilRewiring += _policy.Period(_images.Count) ?? long.MaxValue;
        }
    }

    /// <summary>Stores a layer that the host has put into SRAM.</summary>
    public void Keep(ICore core, int layer) => _weights.Keep(core, layer);

    /// <summary>Makes sure that a layer is in SRAM, for the host to read.</summary>
    public void Bring(ICore core, int layer) => _weights.Bring(core, layer);

    /// <summary>One stage of an evaluation step.</summary>
    public void Evaluate(ICore core, int stage)
    {
        _exchange.Complete(core);
        if (stage == 0)
        {
            _images.Next(core);
        }
        if (stage <= _last)
        {
            Forward(core, stage);
        }
        else if (_share.Tally.IsPresent)
        {
            core.Run(new Classify(_share.Activations[_last], _images.Records, _share.Tally, _images.Shape));
        }
    }

    private void TakeStock()
    {
        _lastOfMinibatch = Done || _images.Position % _options.Minibatch == 0;
        _rate = LearningRate.At(_options, _epoch, (double)(_images.Position - _images.Shape.Active) / _images.Count);
    }

    private void Forward(ICore core, int i)
    {
        SramRange<float> own = _share.Own(i, _share.Activations[i]);
        _weights.Bring(core, i);
        if (i == 0)
        {
            core.Run(new SparseForward<byte>(_share.Layers[i], _images.Pixels, own, _share.Lanes));
        }
        else
        {
            core.Run(new SparseForward<float>(_share.Layers[i], _share.Activations[i - 1], own, _share.Lanes));
        }
        if (i < _last)
        {
            core.Run(new Relu(own));
        }
        _exchange.Gather(core, i);
    }

    private void Backward(ICore core, int i)
    {
        SramRange<float> error = _share.Own(i, _share.Errors[i]);
        _weights.Bring(core, i);
        if (i < _last)
        {
            core.Run(new SumErrors(error, _share.AllParts(i, _cores), _share.Own(i, _share.Activations[i])));
        }
        if (i > 0)
        {
            core.Run(new SparseBackward(_share.Layers[i], error, _share.Errors[i - 1], _share.Lanes));
            _exchange.Reduce(core, i - 1);
            Learn<float>(core, i, error, _share.Activations[i - 1]);
        }
        else
        {
            Learn(core, i, error, _images.Pixels);
        }
    }

    private void Learn<T>(ICore core, int i, SramRange<float> error, SramRange<T> input)
        where T : struct
    {
        SparseMatrix layer = _share.Layers[i];
        if (layer.Gradient.IsPresent)
        {
            core.Run(new SparseGradient<T>(layer, error, input, _share.Lanes));
        }
        if (_lastOfMinibatch)
        {
            core.Run(new SparseUpdate<T>
            {
                Layer = layer,
                OutputError = error,
                Input = input,
                Lanes = _share.Lanes,
                Rate = _rate,
                L1 = _options.L1,
                Momentum = _options.Momentum,
                Noise = _options.Noise,
                Streams = _share.NoiseStreams,
            });
        }
        _weights.KeepValues(core);
    }
}
