using CsCheck;

namespace NeuroHal.Kernels.Tests;

public sealed class DenseKernelTests
{
    [Fact]
    public void Pixels_come_to_lie_side_by_side_and_missing_samples_become_dark()
    {
        var bench = new KernelBench();
        SramBuffer<byte> records = bench.Of<byte>(0, 255, 51, 9, 102, 153, 204, 9, 1, 1, 1, 9);
        SramBuffer<byte> input = bench.Of<byte>(7, 7, 7, 7, 7, 7, 7, 7, 7);
        bench.Run(new InterleavePixels(records, input, Lanes: 3, Active: 2));
        Assert.Equal([0, 102, 0, 255, 153, 0, 51, 204, 0], bench.Read(input).ToArray());
    }

    [Fact]
    public void So_they_do_for_any_number_of_lanes_and_pixels() => Gen
        .Select(Gen.OneOf(Gen.Const(16), Gen.Int[1, 33]), Gen.Int[1, 300], Gen.OneOf(Gen.Const(1.0), Gen.Double[0, 1]), Gen.Int[1, 10_000])
        .Sample(
            (lanes, pixels, share, seed) =>
            {
                var bench = new KernelBench();
                int active = (int)Math.Ceiling(lanes * share);
                SramBuffer<byte> records = bench.Of([.. KernelBench.Numbers(lanes * (pixels + 1), seed).Select(n => (byte)(128 + (n * 127)))]);
                SramBuffer<byte> input = bench.Of([.. Enumerable.Repeat((byte)7, pixels * lanes)]);
                bench.Run(new InterleavePixels(records, input, lanes, active));
                for (int i = 0; i < pixels * lanes; i++)
                {
                    (int pixel, int lane) = (i / lanes, i % lanes);
                    Assert.Equal(lane < active ? bench.Read(records)[(lane * (pixels + 1)) + pixel] : 0, bench.Read(input)[i]);
                }
            },
            iter: 300);

    [Fact]
    public void Errors_are_summed_over_cores_where_the_activation_is_positive()
    {
        var bench = new KernelBench();
        SramBuffer<float> error = bench.Of(1f, 2, 3);
        bench.Run(new SumErrors(error, bench.Of(10f, 20, 30, 100, 200, 300), bench.Of(0.5f, 0, 2)));
        Assert.Equal([111, 0, 333], bench.Read(error).ToArray());
    }

    [Fact]
    public void Relu_replaces_negative_values_and_counts_their_stores()
    {
        var bench = new KernelBench();
        SramBuffer<float> values = bench.Of(-1f, 2, -3, 0, 5);
        Assert.Equal(2, bench.Run(new Relu(values)).Store);
        Assert.Equal([0, 2, 0, 0, 5], bench.Read(values).ToArray());
    }

    [Fact]
    public void Softmax_gives_probability_minus_target_for_each_lane()
    {
        var bench = new KernelBench();
        float[] sums = [1, 700, 2, 650, 3, 690];
        SramBuffer<byte> records = bench.Of<byte>(0, 2, 0, 1);
        SramBuffer<float> error = bench.Empty<float>(6);
        SramBuffer<Tally> tally = bench.Empty<Tally>(1);
        bench.Run(new SoftmaxCrossEntropy(bench.Of(sums), records, error, tally, new BatchShape(1, 2, 2), 0.5f));
        double total = Math.Exp(1) + Math.Exp(2) + Math.Exp(3);
        Assert.Equal(0.5 * Math.Exp(1) / total, bench.Read(error)[0], 1e-6);
        Assert.Equal(0.5 * ((Math.Exp(3) / total) - 1), bench.Read(error)[4], 1e-6);
        Assert.Equal(0.5, bench.Read(error)[1], 1e-3);
        Assert.Equal(-0.5, bench.Read(error)[3], 1e-3);
        Tally end = bench.Read(tally)[0];
        Assert.Equal((2, 1), (end.Samples, end.Correct));
        Assert.Equal(Math.Log(total) - 3 + 50, end.Loss, 1e-3);
    }

    [Fact]
    public void Classify_counts_hits_and_takes_the_first_of_equal_outputs()
    {
        var bench = new KernelBench();
        SramBuffer<float> sums = bench.Of(1f, 0, 1, 5, 0, 9);
        SramBuffer<Tally> tally = bench.Empty<Tally>(1);
        bench.Run(new Classify(sums, bench.Of<byte>(0, 0, 0, 2), tally, new BatchShape(1, 2, 2)));
        Assert.Equal((2, 2), (bench.Read(tally)[0].Samples, bench.Read(tally)[0].Correct));
        bench.Run(new Classify(sums, bench.Of<byte>(0, 1, 0, 2), tally, new BatchShape(1, 2, 1)));
        Assert.Equal((3, 2), (bench.Read(tally)[0].Samples, bench.Read(tally)[0].Correct));
    }
}
