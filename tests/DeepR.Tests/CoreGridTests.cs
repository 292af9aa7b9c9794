using CsCheck;
using NeuroHal.DeepR.Planning;

namespace NeuroHal.DeepR.Tests;

/// <summary>Exchanges in stages: everybody gets everything, in few messages.</summary>
public sealed class CoreGridTests
{
    private static readonly Gen<CoreGrid> _grids = Gen.Select(Gen.Int[1, 200], Gen.Int[1, 12]).Select((cores, chips) => new CoreGrid(cores, chips));

    [Theory]
    [InlineData(1, new int[0])]
    [InlineData(2, new[] { 2 })]
    [InlineData(4, new[] { 4 })]
    [InlineData(7, new[] { 7 })]
    [InlineData(31, new[] { 31 })]
    [InlineData(32, new[] { 2, 16 })]
    [InlineData(152, new[] { 8, 19 })]
    [InlineData(1024, new[] { 4, 16, 16 })]
    public void A_few_cores_meet_in_one_stage_and_many_in_a_few(int cores, int[] sizes)
    {
        var grid = new CoreGrid(cores);
        Assert.Equal(cores, grid.Cores);
        Assert.Equal(sizes, Enumerable.Range(0, grid.Stages).Select(grid.Size));
    }

    [Fact]
    public void Over_chips_the_first_stages_are_between_chips_and_the_others_within_them()
    {
        var board = new CoreGrid(7296, chips: 48);
        Assert.Equal([2, 24, 8, 19], Enumerable.Range(0, board.Stages).Select(board.Size));
        for (int stage = 0; stage < board.Stages; stage++)
        {
            int[] chips = [.. Enumerable.Range(0, board.Size(stage)).Select(place => board.Partner(5000, stage, place) / 152).Distinct()];
            Assert.Equal(stage < 2 ? board.Size(stage) : 1, chips.Length);
        }
    }

    [Theory]
    [InlineData(37, 36)]
    [InlineData(151, 150)]
    [InlineData(7295, 7293)]
    public void A_number_with_a_large_prime_factor_leaves_a_few_cores_out(int cores, int used) => Assert.Equal(used, new CoreGrid(cores).Cores);

    [Fact]
    public void After_a_gather_every_core_holds_what_all_have_and_before_each_stage_it_is_from_consecutive_ranks() => _grids.Sample(
        grid =>
        {
            HashSet<int>[] held = [.. Enumerable.Range(0, grid.Cores).Select(core => new HashSet<int> { grid.Rank(core) })];
            for (int stage = 0; stage < grid.Stages; stage++)
            {
                HashSet<int>[] before = [.. held.Select(h => h.ToHashSet())];
                for (int core = 0; core < grid.Cores; core++)
                {
                    int first = grid.FirstRank(core, stage);
                    Assert.Equal(Enumerable.Range(first, grid.Ranks(stage)), before[core].Order());
                    foreach (int other in Partners(grid, core, stage))
                    {
                        held[other].UnionWith(before[core]);
                    }
                }
            }
            Assert.All(held, h => Assert.Equal(grid.Cores, h.Count));
        },
        iter: 40, threads: 1);

    [Fact]
    public void After_a_reduction_every_core_has_the_parts_of_all_for_its_own_rank_each_once() => _grids.Sample(
        grid =>
        {
            // By core and rank, from how many cores a sum has parts.
            int[][] sums = [.. Enumerable.Range(0, grid.Cores).Select(_ => Enumerable.Repeat(1, grid.Cores).ToArray())];
            for (int stage = grid.Stages - 1; stage >= 0; stage--)
            {
                int[][] before = [.. sums.Select(s => s.ToArray())];
                for (int core = 0; core < grid.Cores; core++)
                {
                    foreach (int other in Partners(grid, core, stage))
                    {
                        for (int rank = grid.FirstRank(core, stage); rank < grid.FirstRank(core, stage) + grid.Ranks(stage); rank++)
                        {
                            sums[core][rank] += before[other][rank];
                        }
                    }
                }
            }
            Assert.All(sums.Index(), s => Assert.Equal(grid.Cores, s.Item[grid.Rank(s.Index)]));
        },
        iter: 40, threads: 1);

    [Fact]
    public void What_the_first_core_spreads_reaches_every_core_once() => _grids.Sample(
        grid =>
        {
            var reached = new HashSet<int> { 0 };
            for (int stage = 0; stage < grid.Stages; stage++)
            {
                Assert.All(Enumerable.Range(0, grid.Cores), core => Assert.Equal(reached.Contains(core), grid.HasBefore(core, stage)));
                foreach (int core in reached.ToArray())
                {
                    Assert.All(Partners(grid, core, stage), other => Assert.True(reached.Add(other)));
                }
            }
            Assert.Equal(grid.Cores, reached.Count);
        },
        iter: 40, threads: 1);

    [Fact]
    public void A_core_sends_a_few_messages_however_many_cores_there_are()
    {
        for (int cores = 1; cores <= 10_000; cores = (cores * 5 / 4) + 1)
        {
            var grid = new CoreGrid(cores);
            int messages = Enumerable.Range(0, grid.Stages).Sum(stage => grid.Size(stage) - 1);
            Assert.InRange(messages, 0, cores <= 31 ? 30 : 90);
            Assert.InRange(cores - grid.Cores, 0, cores / 30);
        }
    }

    private static IEnumerable<int> Partners(CoreGrid grid, int core, int stage) =>
        Enumerable.Range(0, grid.Size(stage)).Select(place => grid.Partner(core, stage, place)).Where(other => other != core);
}
