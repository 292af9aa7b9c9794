using CsCheck;

namespace NeuroHal.Abstractions.Tests;

public sealed class UnitTests
{
    [Theory]
    [InlineData(4_000, "4 ns")]
    [InlineData(1_250_000_000, "1.25 ms")]
    [InlineData(216_000_000_000_000, "216 s")]
    [InlineData(0, "0 ns")]
    public void Time_reads_in_the_unit_that_fits(long picoseconds, string text) =>
        Assert.Equal(text, new SimTime(picoseconds).ToString());

    [Theory]
    [InlineData(12.3, "12.3 J [6.15, 24.6]")]
    [InlineData(0.44e-9, "0.44 nJ [0.22, 0.88]")]
    [InlineData(0.0, "0 J [0, 0]")]
    public void Energy_reads_with_its_bounds(double joules, string text) =>
        Assert.Equal(text, new Joules(joules, joules / 2, joules * 2).ToString());

    [Fact]
    public void Bytes_are_exact() => Assert.Equal("65,536 B", Bytes.FromKiB(64).ToString());

    [Fact]
    public void Cycles_at_a_clock_are_time() => Assert.Equal(SimTime.FromNanoseconds(4), new Cycles(2).At(500e6));

    [Fact]
    public void Sums_of_time_are_exact() =>
        Gen.Long[0, 1L << 50].Array[1, 50].Sample(spans =>
            Assert.Equal(spans.Sum(), spans.Aggregate(SimTime.Zero, (sum, ps) => sum + new SimTime(ps)).Picoseconds));

    [Fact]
    public void Bounds_of_a_sum_hold_each_sum_of_values_within_the_bounds() =>
        Gen.Select(Energy, Energy).Sample((a, b) =>
        {
            Joules sum = a + b;
            Assert.True(sum.Low <= sum.Value && sum.Value <= sum.High);
            Assert.Equal(a.Low + b.Low, sum.Low);
            Assert.Equal(a.High + b.High, sum.High);
        });

    [Fact]
    public void Average_power_over_no_time_is_nothing() => Assert.Equal(0, Joules.Exactly(3).AverageWatts(SimTime.Zero));

    [Fact]
    public void A_reading_weighs_what_is_assumed_by_energy()
    {
        var known = new EnergyReading(
            EnergyMethod.Modelled, new Dictionary<EnergyDomain, Joules> { [EnergyDomain.CoreDynamic] = Joules.Exactly(3) }, 0);
        var assumed = new EnergyReading(
            EnergyMethod.Modelled, new Dictionary<EnergyDomain, Joules> { [EnergyDomain.Dram] = Joules.Exactly(1) }, 1);
        EnergyReading both = known + assumed;
        Assert.Equal(4, both.Total.Value);
        Assert.Equal(0.25, both.AssumedShare);
        Assert.Equal([EnergyDomain.CoreDynamic, EnergyDomain.Dram], both.ByDomain.Keys.Order());
    }

    private static Gen<Joules> Energy { get; } =
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1])
            .Select(t => new Joules(t.Item1 + t.Item2, t.Item1, t.Item1 + t.Item2 + t.Item3));
}
