using NeuroHal.Conformance.Trials;
using NeuroHal.Kernels;

namespace NeuroHal.Conformance.Clauses;

/// <summary>Trials of the kernels over activations, errors and samples.</summary>
internal static class DenseKernels
{
    public static void Relu(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        float[] before = dice.Numbers(shape.Inputs * shape.Lanes);
        SramRange<float> values = core.PlaceInside("values", before, dice);
        core.Run(new Relu(values));
        Expect.Contents<float>([.. before.Select(x => x < 0 ? 0 : x)], core.Read(values), "values");
    });

    public static void Softmax(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        const float Scale = 0.0625f;
        float[] reaches = [1, 8, 60];
        float[] sums = dice.Numbers(shape.Outputs * shape.Lanes, reaches[dice.Between(0, 2)]);
        byte[] records = Records(dice, shape);
        Tally before = RollTally(dice);
        SramBuffer<float> error = core.Place("error", dice.Numbers(sums.Length));
        SramBuffer<Tally> tally = dice.OneIn(4) ? default : core.Place("tally", before);
        var batch = new BatchShape(shape.Inputs, shape.Lanes, shape.Active);
        core.Run(new SoftmaxCrossEntropy(core.Place("sums", sums), core.Place("records", records), error, tally, batch, Scale));

        var expected = new Sums("error of class", sums.Length, shape.Lanes);
        var loss = new Sums("loss of tally", 1);
        loss.Add(0, before.Loss);
        for (int lane = 0; lane < shape.Active; lane++)
        {
            double[] own = [.. Lane(sums, lane, shape.Lanes).Select(x => (double)x)];
            int label = Label(records, lane, shape);
            double largest = own.Max();
            double total = own.Sum(x => Math.Exp(x - largest));
            // Relative: the differences' rounding, the exponentials' own error and that of their sum.
            double relative = (own.Length + (2 * (largest - own.Min())) + 16) * Sums.Rounding;
            for (int i = 0; i < own.Length; i++)
            {
                double share = Scale * Math.Exp(own[i] - largest) / total;
                int at = (i * shape.Lanes) + lane;
                expected.Add(at, share);
                expected.Add(at, i == label ? -Scale : 0);
                // An exponential as small as no normal number may be any that small.
                expected.Allow(at, (relative * share) + 1e-37);
            }
            loss.Add(0, Math.Log(total));
            loss.Add(0, -(own[label] - largest));
            loss.Allow(0, relative);
        }
        expected.ExpectNear(core.Read(error), 2);
        if (tally.IsPresent)
        {
            Tally after = core.Read(tally)[0];
            ExpectCounts(before, after, sums, records, shape);
            loss.ExpectNear([after.Loss], 8);
        }
    });

    public static void SumErrors(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        float[] own = dice.Numbers(shape.Inputs * shape.Lanes);
        float[] activation = dice.Numbers(own.Length);
        float[] parts = dice.Numbers(own.Length * dice.Between(0, 3));
        SramRange<float> error = core.PlaceInside("errors", own, dice);
        SramRange<float> others = parts.Length == 0 ? default : core.PlaceInside("parts", parts, dice);
        core.Run(new SumErrors(error, others, core.PlaceInside("activation", activation, dice)));

        var expected = new Sums("error of input", own.Length, shape.Lanes);
        for (int i = 0; i < own.Length; i++)
        {
            if (activation[i] > 0)
            {
                expected.Add(i, own[i]);
                for (int part = i; part < parts.Length; part += own.Length)
                {
                    expected.Add(i, parts[part]);
                }
            }
        }
        expected.ExpectNear(core.Read(error), 0);
    });

    public static void Classify(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        // Few different values, so that many are equal.
        float[] sums = [.. dice.Numbers(shape.Outputs * shape.Lanes, 3).Select(MathF.Floor)];
        byte[] records = Records(dice, shape);
        Tally before = RollTally(dice);
        SramBuffer<Tally> tally = core.Place("tally", before);
        var batch = new BatchShape(shape.Inputs, shape.Lanes, shape.Active);
        core.Run(new Classify(core.Place("sums", sums), core.Place("records", records), tally, batch));

        Tally after = core.Read(tally)[0];
        ExpectCounts(before, after, sums, records, shape);
        Expect.Equal(before.Loss, after.Loss, "loss, which only training counts");
    });

    public static void Interleave(DeviceBench bench) => Trial.Each(bench, (core, dice, shape) =>
    {
        byte[] records = Records(dice, shape);
        SramBuffer<byte> input = core.Place("input", dice.Bytes(shape.Inputs * shape.Lanes));
        core.Run(new InterleavePixels(core.Place("records", records), input, shape.Lanes, shape.Active));

        var expected = new byte[input.Length];
        for (int i = 0; i < expected.Length; i++)
        {
            (int pixel, int lane) = (i / shape.Lanes, i % shape.Lanes);
            expected[i] = lane < shape.Active ? records[(lane * (shape.Inputs + 1)) + pixel] : (byte)0;
        }
        Expect.Contents<byte>(expected, core.Read(input), "pixels by lane");
    });

    private static void ExpectCounts(Tally before, Tally after, float[] sums, byte[] records, Shape shape)
    {
        int hits = Enumerable.Range(0, shape.Active).Count(lane =>
        {
            float[] own = [.. Lane(sums, lane, shape.Lanes)];
            return Array.IndexOf(own, own.Max()) == Label(records, lane, shape);
        });
        Expect.Equal(before.Samples + shape.Active, after.Samples, "samples");
        Expect.Equal(before.Correct + hits, after.Correct, "hits");
    }

    private static IEnumerable<float> Lane(float[] sums, int lane, int lanes) => sums.Where((_, i) => i % lanes == lane);

    /// <summary>Samples of as many pixels as the shape has inputs, of as many classes as it has outputs.</summary>
    private static byte[] Records(Dice dice, Shape shape)
    {
        byte[] records = dice.Bytes(shape.Lanes * (shape.Inputs + 1));
        for (int label = shape.Inputs; label < records.Length; label += shape.Inputs + 1)
        {
            records[label] = (byte)dice.Between(0, shape.Outputs - 1);
        }
        return records;
    }

    private static int Label(byte[] records, int lane, Shape shape) => records[(lane * (shape.Inputs + 1)) + shape.Inputs];

    private static Tally RollTally(Dice dice) =>
        new() { Samples = dice.Between(0, 1000), Correct = dice.Between(0, 1000), Loss = dice.Between(0, 1000) };
}
