using NeuroHal.DeepR.Training;

namespace NeuroHal.Benchmarks.Epochs;

/// <summary>A dense network of the same layers on libtorch, where that was asked for and loads.</summary>
internal static class TorchContender
{
#if TORCH
    public static IContender? TryCreate(IReadOnlyList<int> sizes, int minibatch, float rate, SampleSet samples, out string why)
    {
        try
        {
            TorchSharp.torch.set_num_threads(1);
            why = "";
            return new Dense(sizes, minibatch, rate, samples);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or NotSupportedException or EntryPointNotFoundException)
        {
            why = $"libtorch is not loadable here: {(e.InnerException ?? e).Message.Split('\n')[0]}";
            return null;
        }
    }

    private sealed class Dense : IContender
    {
        private readonly TorchSharp.Modules.Sequential _network;
        private readonly TorchSharp.torch.optim.Optimizer _optimizer;
        private readonly int _minibatch;
        private readonly TorchSharp.torch.Tensor _pixels;
        private readonly TorchSharp.torch.Tensor _labels;

        public Dense(IReadOnlyList<int> sizes, int minibatch, float rate, SampleSet samples)
        {
            _minibatch = minibatch;
            _network = TorchSharp.torch.nn.Sequential(Enumerable.Range(0, sizes.Count - 1).SelectMany(i => Layer(sizes, i)));
            _optimizer = TorchSharp.torch.optim.SGD(_network.parameters(), rate);
            float[] pixels = [.. samples.Pixels.ToArray().Select(p => p / 255f)];
            _pixels = TorchSharp.torch.tensor(pixels, [samples.Count, samples.PixelsPerSample]);
            _labels = TorchSharp.torch.tensor(samples.Labels.ToArray().Select(l => (long)l).ToArray());
        }

        public string Name => $"dense, libtorch, minibatch {_minibatch}, one thread";

        public SimTime? Emulated => null;

        public void TrainEpoch()
        {
            for (long i = 0; i + _minibatch <= _labels.shape[0]; i += _minibatch)
            {
                using var scope = TorchSharp.torch.NewDisposeScope();
                _optimizer.zero_grad();
                TorchSharp.torch.Tensor output = _network.forward(_pixels.narrow(0, i, _minibatch));
                TorchSharp.torch.nn.functional.cross_entropy(output, _labels.narrow(0, i, _minibatch)).backward();
                _optimizer.step();
            }
        }

        private static IEnumerable<TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>> Layer(IReadOnlyList<int> sizes, int i)
        {
            yield return TorchSharp.torch.nn.Linear(sizes[i], sizes[i + 1], hasBias: false);
            if (i < sizes.Count - 2)
            {
                yield return TorchSharp.torch.nn.ReLU();
            }
        }
    }
#else
    public static IContender? TryCreate(IReadOnlyList<int> sizes, int minibatch, float rate, SampleSet samples, out string why)
    {
        why = $"dense, libtorch, {sizes.Count} layers of neurons, minibatch {minibatch}, rate {rate}, {samples.Count} samples: not built in; add -p:Torch=true (200 MB).";
        return null;
    }
#endif
}
