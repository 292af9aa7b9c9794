using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Rewiring;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Training;

/// <summary>
/// What a core does with one group of samples, as many as it has lanes: forward layer by layer, and when training back
/// again, learning on the way, and rewiring. Wherever the next step needs what other cores have, a <see cref="Stage"/> ends;
/// between stages lies a barrier. The end of the way back, which needs nothing more of the others, opens the next group's first
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
    private readonly bool _alone;
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
        _alone = _share.Grid.Stages == 0;
        _last = _share.Layers.Count - 1;
    }

    public bool Done => _images.AtEnd;

    public int SamplesDone => _images.Position;

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
    public ProgramPoint Point => new(_images.Fill, _weights.Present, _untilRewiring, _unfinished, _exchange.IsReducing);

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
            _exchange.Reduce(core, 0, 0); // what a step sends last
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
            if (!Bring(core, i))
            {
                continue;
            }
            core.Run(new InsertAtFree(layer, _share.RewiringStream, _share.Scratch));
            float fanIn = (float)_options.Connections(i) / _options.Layers[i + 1];
            core.Run(new InitialiseTheta(layer, _share.NoiseStreams, _options.InitialScale * MathF.Sqrt(2 / fanIn)));
            _weights.KeepAll(core);
        }
    }

    /// <summary>Whether the first samples of an epoch are yet to be brought to all cores, in stages of their own.</summary>
    public bool NeedsSamples => _images.IsSpread && _images.NoneFetched;

    /// <summary>A stage of a step.</summary>
    public void Run(ICore core, Stage stage)
    {
        _exchange.Complete(core);
        switch (stage.Kind)
        {
            case StageKind.Forward:
                Forward(core, stage.Layer);
                break;
            case StageKind.Gather:
                Gather(core, stage.Layer, stage.Exchange);
                break;
            case StageKind.Backward:
                Backward(core, stage.Layer);
                break;
            case StageKind.Reduce:
                Sum(core, stage.Layer, stage.Exchange);
                _exchange.Reduce(core, stage.Layer, stage.Exchange - 1);
                break;
            case StageKind.Spread:
                Spread(core, stage.Exchange);
                break;
            default:
                Classify(core);
                break;
        }
    }

    /// <summary>Sets out on a training step.</summary>
    public void BeginTraining(ICore core)
    {
        Finish(core);
        _images.Next(core);
        TakeStock();
        _unfinished = true;
    }

    /// <summary>Sets out on an evaluation step.</summary>
    public void BeginEvaluation(ICore core)
    {
        _exchange.Complete(core);
        _images.Next(core);
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
        LearnFirst(core);
        _untilRewiring -= _images.Shape.Active;
        if (_untilRewiring <= 0 && _lastOfMinibatch)
        {
            for (int i = 0; i <= _last; i++)
            {
                if (Bring(core, i))
                {
                    _policy.Rewire(core, new RewiringScope(_share.Layers[i], _share.RewiringStream, _share.Scratch));
                    _weights.KeepAll(core);
                }
            }
            _untilRewiring += _policy.Period(_images.Count) ?? long.MaxValue;
        }
    }

    /// <summary>Stores a layer that the host has put into SRAM.</summary>
    public void Keep(ICore core, int layer) => _weights.Keep(core, layer);

    /// <summary>
    /// Makes sure that a layer is in SRAM, also one of which this core has nothing: so all cores have the same one at hand.
    /// </summary>
    /// <returns>Whether it has something of it.</returns>
    public bool Bring(ICore core, int layer)
    {
        _weights.Bring(core, layer);
        return _share.Feeds(layer);
    }

    private void TakeStock()
    {
        _lastOfMinibatch = Done || _images.Position % _options.Minibatch == 0;
        _rate = LearningRate.At(_options, _epoch, (double)(_images.Position - _images.Shape.Active) / _images.Count);
    }

    private void Forward(ICore core, int i)
    {
        if (Bring(core, i))
        {
            SramRange<float> own = _share.Own(i, _share.Activations[i]);
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
        }
        if (!_alone)
        {
            Gather(core, i, 0);
        }
    }

    /// <summary>The first layer's gather takes the next samples along.</summary>
    private void Gather(ICore core, int i, int stage)
    {
        _exchange.Gather(core, i, stage);
        if (i == 0)
        {
            Spread(core, stage);
        }
    }

    private void Spread(ICore core, int stage)
    {
        if (_images.IsSpread)
        {
            (int buffer, int bytes) = _images.Fetched(core);
            _exchange.Spread(core, stage, buffer, bytes);
        }
    }

    private void Classify(ICore core)
    {
        if (_share.Tally.IsPresent)
        {
            core.Run(new Classify(_share.Activations[_last], _images.Records, _share.Tally, _images.Shape));
        }
    }

    private void Backward(ICore core, int i)
    {
        SramRange<float> error = _share.Own(i, _share.Errors[i]);
        if (i < _last)
        {
            Sum(core, i, 0);
        }
        else if (_share.Feeds(i) || _share.Tally.IsPresent)
        {
            core.Run(new SoftmaxCrossEntropy(
                _share.Activations[_last], _images.Records, _share.Errors[_last], _share.Tally, _images.Shape, 1f / _options.Minibatch));
        }
        if (i == 0)
        {
            return; // of a network of one layer, which learns with the next step
        }
        Bring(core, i);
        core.Run(new SparseBackward(_share.Layers[i], error, _share.Errors[i - 1], _share.Lanes));
        if (!_alone)
        {
            _exchange.Reduce(core, i - 1, _share.Grid.Stages - 1);
        }
        Learn<float>(core, i, error, _share.Activations[i - 1]);
    }

    /// <summary>The end of the way back.</summary>
    private void LearnFirst(ICore core)
    {
        if (_last > 0)
        {
            Sum(core, 0, 0);
        }
        Bring(core, 0);
        Learn(core, 0, _share.Own(0, _share.Errors[0]), _images.Pixels);
    }

    /// <summary>
    /// Adds up what a stage of a reduction brought. Errors of activations that are not positive are 0 in the end, so they are
    /// left out in every stage.
    /// </summary>
    private void Sum(ICore core, int i, int stage)
    {
        SramRange<float> error = _alone ? _share.Errors[i] : _share.Block(i, stage, _share.Core, _share.Errors[i]);
        if (error.Length > 0)
        {
            SramRange<float> activation = error with { Buffer = _share.Activations[i] };
            core.Run(new SumErrors(error, _alone ? default : _share.AllParts(i, stage), activation));
        }
    }

    private void Learn<T>(ICore core, int i, SramRange<float> error, SramRange<T> input)
        where T : struct
    {
        if (!_share.Feeds(i))
        {
            return;
        }
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
