using NeuroHal.Conformance.Trials;
using NeuroHal.Kernels;

namespace NeuroHal.Conformance.Clauses;

/// <summary>Trials of the kernels that go over a layer's connections, against dense sums in double precision.</summary>
/// <typeparam name="T">The layer's input: activations or pixels.</typeparam>
internal static class LayerKernels<T>
    where T : struct
{
    // Besides one for each term: its product, its pixel's conversion and scale, the sum's end.
    private const int MoreRoundings = 4;

    public static void Forward(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        var layer = Layer.Roll(dice, shape);
        T[] input = dice.Inputs<T>(shape.Inputs * shape.Lanes);
        SramRange<float> output = core.PlaceInside("sums", dice.Numbers(shape.Outputs * shape.Lanes), dice);
        core.Run(new SparseForward<T>(layer.Place(core), core.PlaceInside("input", input, dice), output, shape.Lanes));

        var expected = new Sums("sum of output", output.Length, shape.Lanes);
        Multiply(layer, (row, column, lane, weight) =>
            expected.Add((row * shape.Lanes) + lane, weight * Value(input[(column * shape.Lanes) + lane])));
        expected.ExpectNear(core.Read(output), MoreRoundings);
    });

    public static void Backward(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        var layer = Layer.Roll(dice, shape);
        float[] error = dice.Numbers(shape.Outputs * shape.Lanes);
        SramRange<float> back = core.PlaceInside("input error", dice.Numbers(shape.Inputs * shape.Lanes), dice);
        core.Run(new SparseBackward(layer.Place(core), core.PlaceInside("output error", error, dice), back, shape.Lanes));

        var expected = new Sums("error of input", back.Length, shape.Lanes);
        Multiply(layer, (row, column, lane, weight) =>
            expected.Add((column * shape.Lanes) + lane, weight * error[(row * shape.Lanes) + lane]));
        expected.ExpectNear(core.Read(back), MoreRoundings);
    });

    public static void Gradient(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        var layer = Layer.Roll(dice, shape);
        float[] stored = dice.Numbers(shape.Capacity);
        T[] input = dice.Inputs<T>(shape.Inputs * shape.Lanes);
        float[] error = dice.Numbers(shape.Outputs * shape.Lanes);
        SparseMatrix matrix = layer.Place(core, gradient: stored);
        core.Run(new SparseGradient<T>(matrix, core.PlaceInside("output error", error, dice), core.PlaceInside("input", input, dice), shape.Lanes));

        var expected = new Sums("gradient of connection", stored.Length);
        for (int i = 0; i < stored.Length; i++)
        {
            expected.Add(i, stored[i]);
            foreach (double slope in i < shape.Connections ? Slopes(layer, i, error, input) : [])
            {
                expected.Add(i, slope);
            }
        }
        expected.ExpectNear(core.Read(matrix.Gradient), MoreRoundings);
    });

    public static void Update(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        var layer = Layer.Roll(dice, shape);
        (bool hasVelocity, bool isStored, bool isNoisy) = (dice.OneIn(2), dice.OneIn(2), dice.OneIn(2));
        T[] input = dice.Inputs<T>(shape.Inputs * shape.Lanes);
        float[] error = dice.Numbers(shape.Outputs * shape.Lanes);
        float[] stored = dice.Numbers(shape.Capacity);
        var generator = new Generator(dice.Words(RandomStreams.StateWords));
        var update = new SparseUpdate<T>
        {
            Layer = layer.Place(core, hasVelocity, isStored ? stored : null),
            OutputError = core.PlaceInside("output error", error, dice),
            Input = core.PlaceInside("input", input, dice),
            Lanes = shape.Lanes,
            Rate = 0.125f,
            L1 = dice.OneIn(2) ? 0.01f : 0,
            Momentum = hasVelocity ? 0.875f : 0,
            Noise = isNoisy ? 0.25f : 0,
            Streams = core.Place("streams", generator.State),
        };
        core.Run(update);

        var velocity = new Sums("velocity of connection", shape.Connections);
        var theta = new Sums("theta of connection", shape.Connections);
        double[] noise = isNoisy ? generator.Normals(shape.Connections) : new double[shape.Connections];
        for (int i = 0; i < shape.Connections; i++)
        {
            Connection connection = layer.Connections[i];
            theta.Add(i, connection.Theta);
            theta.Add(i, -update.Rate * update.L1);
            theta.Add(i, update.Rate * update.Noise * noise[i]);
            double sign = connection.Negative ? -1 : 1;
            double kept = update.Momentum * connection.Velocity;
            foreach (double term in (isStored ? [stored[i]] : Slopes(layer, i, error, input)).Select(slope => sign * slope).Append(kept))
            {
                velocity.Add(i, term);
                theta.Add(i, -update.Rate * term);
            }
        }
        // Each of velocity, drift and theta rounds once more.
        theta.ExpectNear(core.Read(update.Layer.Theta).AsSpan(0, shape.Connections), MoreRoundings + 4);
        if (hasVelocity)
        {
            velocity.ExpectNear(core.Read(update.Layer.Velocity).AsSpan(0, shape.Connections), MoreRoundings);
        }
        if (isStored)
        {
            float[] cleared = [.. stored.Select((gradient, i) => i < shape.Connections ? 0 : gradient)];
            Expect.Contents<float>(cleared, core.Read(update.Layer.Gradient), "stored gradient after the update");
        }
        Expect.Contents<uint>(generator.State, core.Read(update.Streams), "state of the streams");
    });

    /// <summary>Visits every product of the layer as a dense matrix.</summary>
    private static void Multiply(Layer layer, Action<int, int, int, double> visit)
    {
        double[,] weights = layer.Dense();
        for (int row = 0; row < layer.Shape.Outputs; row++)
        {
            for (int column = 0; column < layer.Shape.Inputs; column++)
            {
                for (int lane = 0; lane < layer.Shape.Lanes; lane++)
                {
                    visit(row, column, lane, weights[row, column]);
                }
            }
        }
    }

    /// <summary>dE/d(weight) of a connection, lane by lane.</summary>
    private static IEnumerable<double> Slopes(Layer layer, int i, float[] error, T[] input)
    {
        (Connection connection, int lanes) = (layer.Connections[i], layer.Shape.Lanes);
        return Enumerable.Range(0, lanes).Select(lane =>
            error[(connection.Row * lanes) + lane] * Value(input[(connection.Column * lanes) + lane]));
    }

    private static double Value(T input) => input switch
    {
        byte pixel => pixel / 255.0,
        float activation => activation,
        _ => throw new NotSupportedException(),
    };
}
