using NSubstitute;

namespace NeuroHal.Abstractions.Tests;

/// <summary>What is run before and after a superstep's body, on which thread, and what becomes of exceptions.</summary>
public sealed class CoreThreadsTests
{
    private const int Cores = 5;

    private static ICore[] Some { get; } = [.. Enumerable.Range(0, Cores).Select(id =>
    {
        ICore core = Substitute.For<ICore>();
        core.Id.Returns(id);
        return core;
    })];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    public void A_core_stays_on_one_thread_and_what_comes_after_begins_when_all_have_ended(int most)
    {
        using var threads = new CoreThreads(Some, most);
        Assert.Equal(Math.Min(most, Cores), threads.Parts);
        int[] begun = new int[Cores], ended = new int[Cores], thread = new int[Cores];
        for (int superstep = 1; superstep <= 200; superstep++)
        {
            int now = superstep;
            int parts = 0, early = 0;
            threads.Run(
                core =>
                {
                    Assert.Equal(now, begun[core.Id]);
                    Assert.Equal(Environment.CurrentManagedThreadId, thread[core.Id]);
                    Volatile.Write(ref ended[core.Id], now);
                },
                before: core => (begun[core.Id], thread[core.Id]) = (begun[core.Id] + 1, Environment.CurrentManagedThreadId),
                after: part =>
                {
                    Interlocked.Increment(ref parts);
                    Interlocked.Add(ref early, ended.Count(e => e != now));
                    for (int core = part; core < Cores; core += threads.Parts)
                    {
                        Assert.Equal(Environment.CurrentManagedThreadId, thread[core]);
                    }
                });
            Assert.Equal(threads.Parts, parts);
            Assert.Equal(0, early);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_exception_of_the_lowest_core_is_passed_on_after_what_comes_after(int most)
    {
        using var threads = new CoreThreads(Some, most);
        int parts = 0;
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => threads.Run(
            core =>
            {
                if (core.Id is 2 or 3)
                {
                    throw new InvalidOperationException($"core {core.Id}");
                }
            },
            after: _ => Interlocked.Increment(ref parts)));
        Assert.Equal("core 2", failure.Message);
        Assert.Equal(threads.Parts, parts);
        threads.Run(_ => { }); // and nothing of it is left, nor what came after
        Assert.Equal(threads.Parts, parts);
    }
}
