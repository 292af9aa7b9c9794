using CsCheck;
using NeuroHal.Sweeps.Planning;
using NeuroHal.Sweeps.Statistics;

namespace NeuroHal.Sweeps.Tests;

public sealed class StatisticsTests
{
    [Theory]
    // Quantiles of Student's distribution from printed tables: t(0.975) is 12.706 for 1 degree of freedom, 2.776 for 4, 2.262 for 9.
    [InlineData(new[] { 1.0, 3 }, 2, 12.706 * 1.41421356 / 1.41421356)]
    [InlineData(new[] { 1.0, 2, 3, 4, 5 }, 3, 2.776 * 1.58113883 / 2.23606798)]
    [InlineData(new[] { 1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, 5.5, 2.262 * 3.02765035 / 3.16227766)]
    public void A_mean_has_the_interval_of_Students_distribution(double[] values, double mean, double halfWidth)
    {
        StudentInterval interval = StudentInterval.Of(values);
        Assert.Equal(values.Length, interval.Count);
        Assert.Equal(mean, interval.Mean, 12);
        Assert.Equal(halfWidth, interval.HalfWidth!.Value, halfWidth * 5e-4);
    }

    [Fact]
    public void One_value_has_no_interval_and_none_has_no_mean()
    {
        Assert.Equal(new StudentInterval(1, 4, null), StudentInterval.Of([4.0]));
        Assert.Throws<ArgumentException>(() => StudentInterval.Of([]));
    }

    [Fact]
    public void The_Pareto_front_is_what_no_other_point_is_better_than() =>
        // Few values, so that points often share a cost or a gain.
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6]).Select(p => (Cost: (double)p.Item1, Gain: (double)p.Item2)).Array[0, 20].Sample(points =>
        {
            int[] expected = [.. Enumerable.Range(0, points.Length).Where(i => !points.Any(p =>
                p.Cost <= points[i].Cost && p.Gain >= points[i].Gain && p != points[i]))];
            IReadOnlyList<int> front = ParetoFront.Of(points);
            Assert.Equal(expected, front.Order());
            Assert.Equal(front.Select(i => points[i].Cost), front.Select(i => points[i].Cost).Order());
        });

    [Fact]
    public void A_cost_is_the_line_through_two_lengths_and_nothing_in_it_is_negative()
    {
        Assert.Equal(new RunCost(1, 0.01), RunCost.Of((100, 2), (300, 4)));
        Assert.Equal(new RunCost(5, 0), RunCost.Of((100, 5), (300, 4)));
        Assert.Equal(new RunCost(0, 0.02), RunCost.Of((100, 2), (100, 2)));
        Assert.Equal(6, new RunCost(1, 0.01).Seconds(500), 12);
    }

    [Fact]
    public void An_estimate_adds_up_by_backend_with_the_least_and_the_greatest()
    {
        PlannedRun[] due = [Some.Run(1, backend: "A", samples: 100, epochs: 1), Some.Run(2, backend: "B", samples: 50, epochs: 4)];
        CostEstimate cost = CostEstimate.Of(due, [("A", new RunCost(1, 0)), ("A", new RunCost(0, 0.03)), ("B", new RunCost(0, 0.1))], "words");
        Assert.Equal((22, 21, 23), (cost.Seconds, cost.Low, cost.High));
    }

    [Fact]
    public void What_is_measured_by_are_the_shortest_the_middle_and_the_longest_and_never_most_of_the_runs()
    {
        PlannedRun[] due = [.. Enumerable.Range(1, 9).Select(i => Some.Run(i, samples: 10 * i))];
        Assert.Equal([1, 5, 9], CostEstimate.Representatives(due).Select(r => r.Number));
        Assert.Single(CostEstimate.Representatives([.. due.Take(2)]));
        Assert.Empty(CostEstimate.Representatives([]));
    }
}
