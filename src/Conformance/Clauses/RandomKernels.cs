using NeuroHal.Conformance.Trials;
using NeuroHal.Kernels;

namespace NeuroHal.Conformance.Clauses;

/// <summary>Trials of the kernels that draw numbers, against the published generator.</summary>
internal static class RandomKernels
{
    // The divisor's, the quotient's and the deviation's.
    private const int Roundings = 3;

    public static void Uniform(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        var generator = new Generator(dice.Words(RandomStreams.StateWords));
        SramBuffer<uint> streams = core.Place("streams", generator.State);
        SramBuffer<float> numbers = core.Place("numbers", dice.Numbers(shape.Capacity));
        core.Run(new FillUniform(numbers, streams));
        Expect.Contents<float>(generator.Uniforms(shape.Capacity), core.Read(numbers), "numbers");
        Expect.Contents<uint>(generator.State, core.Read(streams), "state of the streams");
    });

    public static void Normal(DeviceBench bench)
    {
        List<double> all = [];
        Trial.Each(bench, (core, dice, shape) =>
        {
            float deviation = 0.5f + Math.Abs(dice.Number());
            var generator = new Generator(dice.Words(RandomStreams.StateWords));
            SramBuffer<uint> streams = core.Place("streams", generator.State);
            SramBuffer<float> numbers = core.Place("numbers", dice.Numbers(shape.Capacity));
            core.Run(new FillNormal(numbers, streams, deviation));
            float[] drawn = core.Read(numbers);
            ExpectNormals(generator.Normals(drawn.Length), deviation, drawn, "number");
            Expect.Contents<uint>(generator.State, core.Read(streams), "state of the streams");
            all.AddRange(drawn.Select(x => (double)x / deviation));
        });
        ExpectMoments(all);
    }

    public static void Initialise(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        float deviation = 0.5f + Math.Abs(dice.Number());
        var generator = new Generator(dice.Words(RandomStreams.StateWords));
        SramBuffer<uint> streams = core.Place("streams", generator.State);
        SparseMatrix layer = Layer.Roll(dice, shape).Place(core);
        core.Run(new InitialiseTheta(layer, streams, deviation));
        double[] expected = [.. generator.Normals(shape.Connections).Select(Math.Abs)];
        ExpectNormals(expected, deviation, core.Read(layer.Theta).AsSpan(0, shape.Connections), "theta of connection");
        Expect.Contents<uint>(generator.State, core.Read(streams), "state of the streams");
    });

    private static void ExpectNormals(double[] normals, float deviation, ReadOnlySpan<float> drawn, string what)
    {
        var expected = new Sums(what, normals.Length);
        for (int i = 0; i < normals.Length; i++)
        {
            expected.Add(i, normals[i] * deviation);
        }
        expected.ExpectNear(drawn, Roundings);
    }

    /// <summary>Mean 0, variance 1, excess kurtosis -0.1, each to five of its standard errors.</summary>
    private static void ExpectMoments(List<double> x)
    {
        double error = 1 / Math.Sqrt(x.Count);
        double variance = x.Average(v => v * v);
        Near(x.Average(), 0, 5 * error, "mean");
        Near(variance, 1, 5 * Math.Sqrt(2) * error, "variance");
        Near((x.Average(v => v * v * v * v) / (variance * variance)) - 3, -0.1, 5 * Math.Sqrt(24) * error, "excess kurtosis");
    }

    private static void Near(double actual, double expected, double bound, string what) => Expect.That(
        Math.Abs(actual - expected) <= bound, $"{what} of all numbers over their deviation: expected {expected}, got {actual:R}, bound {bound:G3}");
}
