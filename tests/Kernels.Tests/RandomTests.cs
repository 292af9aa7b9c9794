namespace NeuroHal.Kernels.Tests;

public sealed class RandomTests
{
    [Fact]
    public void Normals_have_the_moments_their_documentation_states()
    {
        var bench = new KernelBench();
        SramBuffer<float> numbers = bench.Empty<float>(400_000);
        bench.Run(new FillNormal(numbers, bench.Streams(), 1));
        double[] x = [.. bench.Read(numbers).ToArray().Select(f => (double)f)];
        Assert.Equal(0, x.Average(), 0.006);
        double variance = x.Average(v => v * v);
        Assert.Equal(1, variance, 0.01);
        Assert.Equal(-0.1, (x.Average(v => v * v * v * v) / (variance * variance)) - 3, 0.04);
        Assert.True(x.Max(Math.Abs) <= 5.98);
    }

    [Fact]
    public void Uniforms_fill_the_unit_interval_evenly()
    {
        var bench = new KernelBench();
        SramBuffer<float> numbers = bench.Empty<float>(100_000);
        bench.Run(new FillUniform(numbers, bench.Streams()));
        int[] bins = new int[10];
        foreach (float x in bench.Read(numbers))
        {
            Assert.InRange(x, 0, 0.99999999f);
            bins[(int)(x * 10)]++;
        }
        Assert.All(bins, n => Assert.InRange(n, 9_600, 10_400));
    }

    [Fact]
    public void A_vector_of_streams_is_the_published_generator_sixteen_times()
    {
        uint[] state = RandomSeed.Expand(7, 0, 0, RandomStreams.StateWords);
        var streams = new RandomStreams(state.ToArray());
        var alone = new uint[16][];
        for (int i = 0; i < 16; i++)
        {
            alone[i] = [state[i], state[16 + i], state[32 + i], state[48 + i]];
        }
        for (int round = 0; round < 5; round++)
        {
            var words = streams.NextWords();
            for (int i = 0; i < 16; i++)
            {
                Assert.Equal(new Xoshiro128(alone[i]).Next(), words[i]);
            }
        }
    }

    [Fact]
    public void The_scalar_stream_gives_the_published_first_word()
    {
        // xoshiro128++ with state 1, 2, 3, 4: rotl(1 + 4, 7) + 1.
        Assert.Equal(641u, new Xoshiro128(new uint[] { 1, 2, 3, 4 }).Next());
    }

    [Fact]
    public void Numbers_below_a_bound_are_all_equally_likely()
    {
        var random = new Xoshiro128(RandomSeed.Expand(1, 0, 1, 4));
        int[] hits = new int[7];
        long words = 0;
        for (int i = 0; i < 70_000; i++)
        {
            hits[random.Below(7, ref words)]++;
        }
        Assert.All(hits, n => Assert.InRange(n, 9_600, 10_400));
        Assert.True(words >= 70_000);
    }

    [Fact]
    public void Seeds_cores_and_purposes_give_different_streams()
    {
        string[] states = [.. from seed in new ulong[] { 1, 2 } from core in new[] { 0, 1 } from purpose in new[] { 0, 1 }
                              select string.Join(' ', RandomSeed.Expand(seed, core, purpose, 8))];
        Assert.Equal(states.Length, states.Distinct().Count());
    }
}
