using System.Numerics.Tensors;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Benchmarks.Epochs;

/// <summary>A dense network of the same layers on System.Numerics.Tensors: stochastic gradient descent by minibatch.</summary>
internal sealed class DenseContender : IContender
{
    private readonly int[] _sizes;
    private readonly int _minibatch;
    private readonly float _rate;
    private readonly SampleSet _samples;
    private readonly float[][] _weights; // [outputs][inputs]
    private readonly float[][] _gradients;
    private readonly float[][] _activations;
    private readonly float[][] _errors;

    public DenseContender(IReadOnlyList<int> sizes, int minibatch, float rate, SampleSet samples)
    {
        _sizes = [.. sizes];
        _minibatch = minibatch;
        _rate = rate / minibatch;
        _samples = samples;
        var random = new Random(1);
        _weights =
        [
            .. Enumerable.Range(0, sizes.Count - 1).Select(i => Enumerable.Range(0, sizes[i] * sizes[i + 1])
                .Select(_ => (float)((random.NextDouble() - 0.5) * Math.Sqrt(24.0 / sizes[i]))).ToArray()),
        ];
        _gradients = [.. _weights.Select(w => new float[w.Length])];
        _activations = [.. sizes.Select(n => new float[n])];
        _errors = [.. sizes.Select(n => new float[n])];
    }

    public string Name => $"dense, System.Numerics.Tensors, minibatch {_minibatch}";

    public SimTime? Emulated => null;

    public void TrainEpoch()
    {
        for (int i = 0; i < _samples.Count; i++)
        {
            Forward(_samples.PixelsOf(i));
            Backward(_samples.Labels.Span[i]);
            if ((i + 1) % _minibatch == 0)
            {
                Update();
            }
        }
    }

    private void Forward(ReadOnlySpan<byte> pixels)
    {
        TensorPrimitives.ConvertTruncating(pixels, _activations[0]);
        TensorPrimitives.Multiply(_activations[0], 1f / 255, _activations[0]);
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            float[] output = _activations[layer + 1];
            for (int o = 0; o < output.Length; o++)
            {
                output[o] = TensorPrimitives.Dot(Row(_weights, layer, o), _activations[layer]);
            }
            if (layer < _weights.Length - 1)
            {
                TensorPrimitives.Max(output, 0f, output);
            }
        }
    }

    private void Backward(int label)
    {
        TensorPrimitives.SoftMax(_activations[^1], _errors[^1]);
        _errors[^1][label] -= 1;
        for (int layer = _weights.Length - 1; layer >= 0; layer--)
        {
            float[] error = _errors[layer + 1];
            Array.Clear(_errors[layer]);
            for (int o = 0; o < error.Length; o++)
            {
                if (error[o] == 0)
                {
                    continue;
                }
                TensorPrimitives.MultiplyAdd(_activations[layer], error[o], Row(_gradients, layer, o), Row(_gradients, layer, o));
                if (layer > 0)
                {
                    TensorPrimitives.MultiplyAdd(Row(_weights, layer, o), error[o], _errors[layer], _errors[layer]);
                }
            }
            for (int i = 0; layer > 0 && i < _errors[layer].Length; i++)
            {
                _errors[layer][i] = _activations[layer][i] > 0 ? _errors[layer][i] : 0;
            }
        }
    }

    private void Update()
    {
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            TensorPrimitives.MultiplyAdd(_gradients[layer], -_rate, _weights[layer], _weights[layer]);
            Array.Clear(_gradients[layer]);
        }
    }

    private Span<float> Row(float[][] matrices, int layer, int output) =>
        matrices[layer].AsSpan(output * _sizes[layer], _sizes[layer]);
}
