namespace NeuroHal.StandardDeepR;

/// <summary>
/// DEEP R (Bellec et al. 2018), written plainly for a CPU: scalar code, one sample at a time, a list of connections for
/// each layer, the base library's random numbers, no thought given to the hardware. It is what the optimised
/// implementation and the emulated chip are compared with, and it knows of neither.
/// </summary>
public sealed class StandardNetwork
{
    private readonly StandardSettings _settings;
    private readonly int[] _sizes;
    private readonly List<Connection>[] _layers;
    private readonly float[][] _activations;
    private readonly float[][] _errors;
    private readonly Random _random;
    private int _step;

    /// <summary>A network with connections placed at random.</summary>
    /// <param name="sizes">The layer sizes, input first.</param>
    /// <param name="connectivity">The share of possible connections of each layer.</param>
    /// <param name="seed">Decides everything random.</param>
    /// <param name="settings">How it learns; by default as published.</param>
    public StandardNetwork(IReadOnlyList<int> sizes, IReadOnlyList<double> connectivity, int seed, StandardSettings? settings = null)
    {
        _settings = settings ?? new StandardSettings();
        _sizes = [.. sizes];
        _random = new Random(seed);
        _activations = [.. sizes.Select(n => new float[n])];
        _errors = [.. sizes.Select(n => new float[n])];
        _layers = new List<Connection>[sizes.Count - 1];
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            int count = (int)Math.Round(connectivity[layer] * sizes[layer] * sizes[layer + 1]);
            _layers[layer] = [];
            Grow(layer, count);
            double deviation = _settings.InitialScale * Math.Sqrt(2.0 * sizes[layer + 1] / count);
            foreach (Connection connection in _layers[layer])
            {
                connection.Theta = (float)Math.Abs(deviation * Normal());
            }
        }
    }

    /// <summary>The connections there are.</summary>
    public int Connections => _layers.Sum(l => l.Count);

    /// <summary>Trains on one sample.</summary>
    /// <param name="pixels">8-bit pixels, as many as inputs.</param>
    /// <param name="label">Its class.</param>
    /// <param name="rate">The learning rate.</param>
    public void Train(ReadOnlySpan<byte> pixels, int label, float rate)
    {
        Classify(pixels);
        float[] output = _activations[^1];
        float sum = 0;
        float largest = output.Max();
        for (int i = 0; i < output.Length; i++)
        {
            _errors[^1][i] = (float)Math.Exp(output[i] - largest);
            sum += _errors[^1][i];
        }
        for (int i = 0; i < output.Length; i++)
        {
            _errors[^1][i] = (_errors[^1][i] / sum) - (i == label ? 1 : 0);
        }
        bool lastOfMinibatch = ++_step % _settings.Minibatch == 0;
        for (int layer = _layers.Length - 1; layer >= 0; layer--)
        {
            Backward(layer);
        }
        for (int layer = 0; layer < _layers.Length && lastOfMinibatch; layer++)
        {
            Update(layer, rate);
        }
        if (_step % _settings.RewireEvery == 0)
        {
            for (int layer = 0; layer < _layers.Length; layer++)
            {
                int removed = _layers[layer].RemoveAll(c => c.Theta < 0);
                Grow(layer, removed);
            }
        }
    }

    /// <summary>The class with the highest output.</summary>
    public int Classify(ReadOnlySpan<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            _activations[0][i] = pixels[i] / 255f;
        }
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            float[] output = _activations[layer + 1];
            Array.Clear(output);
            foreach (Connection connection in _layers[layer])
            {
                output[connection.To] += connection.Weight * _activations[layer][connection.From];
            }
            if (layer < _layers.Length - 1)
            {
                for (int i = 0; i < output.Length; i++)
                {
                    output[i] = Math.Max(output[i], 0);
                }
            }
        }
        return Array.IndexOf(_activations[^1], _activations[^1].Max());
    }

    private void Backward(int layer)
    {
        float[] error = _errors[layer + 1];
        float[] back = _errors[layer];
        float[] input = _activations[layer];
        Array.Clear(back);
        foreach (Connection connection in _layers[layer])
        {
            back[connection.From] += connection.Weight * error[connection.To];
            connection.Gradient += connection.Sign * error[connection.To] * input[connection.From];
        }
        for (int i = 0; i < back.Length; i++)
        {
            back[i] = input[i] > 0 ? back[i] : 0;
        }
    }

    private void Update(int layer, float rate)
    {
        foreach (Connection connection in _layers[layer])
        {
            connection.Velocity = (_settings.Momentum * connection.Velocity) + (connection.Gradient / _settings.Minibatch);
            float noise = _settings.NoiseAmplitude > 0 ? _settings.NoiseAmplitude * (float)Normal() : 0;
            connection.Theta += rate * (-connection.Velocity - _settings.L1 + noise);
            connection.Gradient = 0;
        }
    }

    private void Grow(int layer, int count)
    {
        var taken = new HashSet<(int, int)>(_layers[layer].Select(c => (c.From, c.To)));
        while (count > 0)
        {
            (int From, int To) place = (_random.Next(_sizes[layer]), _random.Next(_sizes[layer + 1]));
            if (taken.Add(place))
            {
                _layers[layer].Add(new Connection { From = place.From, To = place.To, Sign = _random.Next(2) == 0 ? 1 : -1 });
                count--;
            }
        }
    }

    /// <summary>A normal number by the method of Box and Muller.</summary>
    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private sealed class Connection
    {
        public int From { get; init; }

        public int To { get; init; }

        public float Sign { get; init; }

        public float Theta { get; set; }

        public float Gradient { get; set; }

        public float Velocity { get; set; }

        public float Weight => Sign * Theta;
    }
}
