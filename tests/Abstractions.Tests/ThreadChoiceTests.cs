namespace NeuroHal.Abstractions.Tests;

/// <summary>Which way supersteps are run, when they take so and so long.</summary>
public sealed class ThreadChoiceTests
{
    private const int Many = 100_000;

    [Theory]
    [InlineData(50, 100, 1.02)] // several threads halve the time
    [InlineData(90, 100, 1.02)]
    [InlineData(300, 100, 1.03)] // as on processors that are far from each other
    [InlineData(100_000, 100, 1.1)] // another program has the processor
    public void The_faster_way_is_kept_and_trying_the_other_costs_little(long together, long alone, double most)
    {
        var choice = new ThreadChoice();
        long all = Run(choice, Many, () => together, () => alone);
        Assert.Equal(together < alone, choice.Together);
        Assert.InRange((double)all / Many / Math.Min(together, alone), 1, most);
    }

    [Fact]
    public void It_follows_a_change_either_way()
    {
        var choice = new ThreadChoice();
        foreach (long together in new long[] { 60, 500, 60, 500 })
        {
            Run(choice, Many, () => together, () => 100);
            Assert.Equal(together < 100, choice.Together);
        }
    }

    [Fact]
    public void Supersteps_that_differ_are_compared_over_whole_training_steps()
    {
        var choice = new ThreadChoice();
        int number = 0;
        long Of(long scale) => scale * (number++ % 6 == 0 ? 50 : 10);
        Run(choice, Many, () => Of(8), () => Of(10));
        Assert.True(choice.Together);
    }

    [Fact]
    public void Where_several_threads_give_next_to_nothing_one_is_used()
    {
        var choice = new ThreadChoice();
        Run(choice, Many, () => 99, () => 100);
        Assert.False(choice.Together);
    }

    private static long Run(ThreadChoice choice, int supersteps, Func<long> together, Func<long> alone)
    {
        long all = 0;
        for (int i = 0; i < supersteps; i++)
        {
            long took = choice.Together ? together() : alone();
            choice.Took(took);
            all += took;
        }
        return all;
    }
}
