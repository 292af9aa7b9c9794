using System.Globalization;

namespace NeuroHal.Backends.Tests;

public sealed class CpuTests : IDisposable
{
    private readonly string _powercap = Directory.CreateTempSubdirectory("neurohal-test-").FullName;

    public void Dispose() => Directory.Delete(_powercap, recursive: true);

    [Fact]
    public void Energy_is_what_the_packages_meters_counted_in_each_phase()
    {
        Meter("intel-rapl:0", 100, 1_000_000);
        Meter("intel-rapl:1", 500, 1_000_000);
        Meter("intel-rapl:0:0", 7, 1_000_000, "core"); // a part of package 0: already in it
        Meter("intel-rapl:2", 11, 1_000_000, "psys"); // the platform: the packages are already in it
        IDevice device = Backends.Cpu(("powerCapFolder", _powercap)).Open();
        Meter("intel-rapl:0", 2_000_100, 1_000_000);
        device.Phase = Phase.Train;
        Meter("intel-rapl:0", 5_000_100, 1_000_000);
        Meter("intel-rapl:1", 1_000_500, 1_000_000, "package-1-die-0");
        Meter("intel-rapl:2", 9_000_011, 1_000_000, "psys");
        DeviceCounters counters = device.ReadCounters();
        Assert.Equal(EnergyMethod.Measured, device.Info.Energy);
        Assert.Equal(2.0, counters[Phase.Load].Energy!.Total.Value, 1e-9);
        Assert.Equal(4.0, counters[Phase.Train].Energy!.Total.Value, 1e-9);
    }

    [Fact]
    public void A_meter_that_wraps_around_goes_on()
    {
        Meter("intel-rapl:0", 900_000, 1_000_000);
        IDevice device = Backends.Cpu(("powerCapFolder", _powercap)).Open();
        Meter("intel-rapl:0", 100_000, 1_000_000);
        Assert.Equal(0.2, device.ReadCounters().Energy!.Total.Value, 1e-9);
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("")]
    public void A_meter_that_shows_no_number_is_none_and_one_that_stops_to_is_a_fault(string shown)
    {
        Meter("intel-rapl:0", 100, 1_000_000);
        IDevice device = Backends.Cpu(("powerCapFolder", _powercap)).Open();
        File.WriteAllText(Path.Combine(_powercap, "intel-rapl:0", "energy_uj"), shown);
        Assert.Contains("energy_uj", Assert.Throws<DeviceFaultException>(() => device.ReadCounters()).Message, StringComparison.Ordinal);
        Assert.Null(Backends.Cpu(("powerCapFolder", _powercap)).Open().Info.Energy);
    }

    [Fact]
    public void A_meter_that_may_not_be_read_is_named()
    {
        Meter("intel-rapl:0", 100, 1_000_000);
        string counter = Path.Combine(_powercap, "intel-rapl:0", "energy_uj");
        File.Delete(counter);
        Directory.CreateDirectory(counter); // cannot be read by anybody, root neither
        DeviceInfo info = Backends.Cpu(("powerCapFolder", _powercap)).Open().Info;
        Assert.Null(info.Energy);
        Assert.Equal($"meter not readable: {counter}", info.NoEnergyBecause);
    }

    [Fact]
    public void Cores_have_no_times_of_their_own_where_none_are_measured()
    {
        IDevice device = Backends.Cpu().Open(cores: 2);
        device.Superstep("work", core => core.Run(new WorkKernel(WorkCounts.None)));
        PhaseCounters load = device.ReadCounters()[Phase.Load];
        Assert.True(load.Elapsed > SimTime.Zero);
        Assert.All(load.Cores, core => Assert.Equal((1, SimTime.Zero, SimTime.Zero), (core.KernelCalls, core.BusyTime, core.WaitingTime)));
    }

    [Fact]
    public void Where_there_is_no_meter_no_energy_is_made_up()
    {
        Meter("intel-rapl:0", 11, 1_000_000, "psys");
        IDevice device = Backends.Cpu(("powerCapFolder", _powercap)).Open();
        Assert.Null(device.Info.Energy);
        Assert.Null(device.Info.NoEnergyBecause);
        Assert.Null(device.ReadCounters().Energy);
    }

    [Theory]
    [InlineData("sramPerCore", "0", "sramPerCore is 0; it must be 1 to")]
    [InlineData("threads", "0", "threads is 0; it must be 1 to 256")]
    [InlineData("threads", "many", "backends:ReferenceCpu:threads is 'many'; it must be a whole number")]
    [InlineData("thread", "1", "unknown setting 'backends:ReferenceCpu:thread'; ReferenceCpu has sramPerCore, threads, powerCapFolder. Did you mean 'threads'?")]
    public void A_wrong_setting_is_refused(string key, string value, string message) =>
        Assert.Contains(message, Assert.Throws<BadArgumentException>(() => Backends.Cpu((key, value))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_limited_CPU_refuses_what_the_chip_would()
    {
        ISram sram = Backends.Cpu(("sramPerCore", "1024")).Open().Cores[0].Sram;
        Assert.Throws<SramExhaustedException>(() => sram.Allocate<byte>("more", 1025));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Cores_run_on_as_many_threads_as_configured(int threads)
    {
        IDevice device = Backends.Cpu(("threads", threads.ToString(CultureInfo.InvariantCulture))).Open(cores: 6);
        int running = 0;
        int most = 0;
        device.Superstep("count", _ =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            Thread.Sleep(5);
            Interlocked.Decrement(ref running);
        });
        Assert.InRange(most, 1, threads);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private void Meter(string zone, long microjoules, long range, string name = "package-0")
    {
        string folder = Path.Combine(_powercap, zone);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "name"), name + "\n");
        File.WriteAllText(Path.Combine(folder, "energy_uj"), microjoules.ToString(CultureInfo.InvariantCulture) + "\n");
        File.WriteAllText(Path.Combine(folder, "max_energy_range_uj"), range.ToString(CultureInfo.InvariantCulture) + "\n");
    }
}
