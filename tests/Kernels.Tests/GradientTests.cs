namespace NeuroHal.Kernels.Tests;

public sealed class GradientTests
{
    private const int Pixels = 6;
    private const int Hidden = 5;
    private const int Classes = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void The_step_of_every_connection_follows_finite_differences_of_the_loss(int lanes)
    {
        var net = new TwoLayers(lanes);
        net.Run(learn: false);
        float[] first = net.Bench.Read(net.First.Theta).ToArray();
        float[] second = net.Bench.Read(net.Second.Theta).ToArray();
        net.Run(learn: true);
        float[] firstStep = Steps(first, net.Bench.Read(net.First.Theta));
        float[] secondStep = Steps(second, net.Bench.Read(net.Second.Theta));
        first.CopyTo(net.Bench.Read(net.First.Theta));
        second.CopyTo(net.Bench.Read(net.Second.Theta));

        Check(net, net.First, first, firstStep);
        Check(net, net.Second, second, secondStep);
    }

    /// <summary>The kernels move theta by minus rate times dE/dtheta; the loss itself tells what that should be.</summary>
    private static void Check(TwoLayers net, SparseMatrix layer, float[] theta, float[] steps)
    {
        const float Reach = 1e-2f;
        for (int i = 0; i < theta.Length; i++)
        {
            net.Bench.Read(layer.Theta)[i] = theta[i] + Reach;
            double above = net.Run(learn: false);
            net.Bench.Read(layer.Theta)[i] = theta[i] - Reach;
            double below = net.Run(learn: false);
            net.Bench.Read(layer.Theta)[i] = theta[i];
            Assert.Equal(-(above - below) / (2 * Reach), steps[i], 4e-3);
        }
    }

    private static float[] Steps(float[] before, Span<float> after)
    {
        var steps = new float[before.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = (after[i] - before[i]) / TwoLayers.Rate;
        }
        return steps;
    }

    private sealed class TwoLayers
    {
        public const float Rate = 1e-2f;

        private readonly SramBuffer<byte> _records;
        private readonly SramBuffer<byte> _input;
        private readonly SramBuffer<float> _hidden;
        private readonly SramBuffer<float> _sums;
        private readonly SramBuffer<float> _hiddenError;
        private readonly SramBuffer<float> _error;
        private readonly SramBuffer<Tally> _tally;
        private readonly int _lanes;

        public TwoLayers(int lanes)
        {
            _lanes = lanes;
            First = Bench.Filled(Pixels, Hidden, 20, 3);
            Second = Bench.Filled(Hidden, Classes, 10, 4);
            byte[] records = new byte[lanes * (Pixels + 1)];
            float[] numbers = KernelBench.Numbers(records.Length, 5);
            for (int i = 0; i < records.Length; i++)
            {
                bool label = i % (Pixels + 1) == Pixels;
                records[i] = label ? (byte)(i % Classes) : (byte)((numbers[i] + 1) * 127);
            }
            _records = Bench.Of(records);
            _input = Bench.Empty<byte>(Pixels * lanes);
            _hidden = Bench.Empty<float>(Hidden * lanes);
            _sums = Bench.Empty<float>(Classes * lanes);
            _hiddenError = Bench.Empty<float>(Hidden * lanes);
            _error = Bench.Empty<float>(Classes * lanes);
            _tally = Bench.Empty<Tally>(1);
        }

        public KernelBench Bench { get; } = new();

        public SparseMatrix First { get; }

        public SparseMatrix Second { get; }

        /// <returns>The mean loss before learning.</returns>
        public double Run(bool learn)
        {
            var shape = new BatchShape(Pixels, _lanes, _lanes);
            Bench.Read(_tally)[0] = default;
            Bench.Run(new InterleavePixels(_records, _input, _lanes, _lanes));
            Bench.Run(new SparseForward<byte>(First, _input, _hidden, _lanes));
            Bench.Run(new Relu(_hidden));
            Bench.Run(new SparseForward<float>(Second, _hidden, _sums, _lanes));
            Bench.Run(new SoftmaxCrossEntropy(_sums, _records, _error, _tally, shape, 1f / _lanes));
            if (learn)
            {
                Bench.Run(new SparseBackward(Second, _error, _hiddenError, _lanes));
                Bench.Run(new SumErrors(_hiddenError, default, _hidden));
                Bench.Run(new SparseUpdate<float> { Layer = Second, OutputError = _error, Input = _hidden, Lanes = _lanes, Rate = Rate });
                Bench.Run(new SparseUpdate<byte> { Layer = First, OutputError = _hiddenError, Input = _input, Lanes = _lanes, Rate = Rate });
            }
            return Bench.Read(_tally)[0].Loss / _lanes;
        }
    }
}
