using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Comparisons;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Training;
using NeuroHal.Results;
using Spectre.Console;

namespace NeuroHal.Cli.Tests;

/// <summary>How a comparison is laid out, of runs that never ran.</summary>
public sealed class ComparisonTableTests
{
    private static readonly Comparison _four = new(
    [
        Ran("Host", "paper", seconds: 2, joules: null, theta: 1),
        Ran("Chip", "paper", seconds: 3, joules: 8, theta: 1),
        DidNotFit("Host", "fast"),
        Ran("Chip", "fast", seconds: 250, joules: 2, theta: 2),
    ]);

    [Fact]
    public void Figures_are_relative_to_the_first_run_that_has_them()
    {
        var table = new ComparisonTable(_four);
        Assert.Equal(["Host", "Chip", "Host", "Chip"], table.Heads);
        Assert.Equal(["2 s (x 1)", "3 s (x 1.5)", "-", "250 s (x 125)"], Row(table, "device time, training"));
        Assert.Equal(["no meter", "8 J (x 1)", "-", "2 J (x 0.25)"], Row(table, "energy, training"));
        Assert.Equal(["-", "[4, 16] J", "-", "[1, 4] J"], Row(table, "its bounds"));
        Assert.Equal(["emulation", "emulation", "does not fit", "emulation"], Row(table, "where it ran"));
        Assert.Equal(["paper", "paper", "fast", "fast"], Row(table, "preset"));
        Assert.Equal(["PL3, fixed", "PL3, fixed", "-", "PL3, fixed"], Row(table, "level, policy"));
        Assert.Equal(["-", "-", "-", "profile=wide"], Row(table, "backend's settings"));
        Assert.Equal([null, 1, 0.25], _four.ToRecord().Ratios.Select(r => r.Joules));
        Assert.Equal(["Host", "Chip", "Chip"], _four.ToRecord().Ratios.Select(r => r.Backend));
    }

    [Fact]
    public void Below_it_stands_what_does_not_fit_what_is_relative_to_what_and_whose_networks_are_the_same()
    {
        string misfit = _four.Pairs[2].Misfit!.Message;
        Assert.Equal(
        [
            $"fast on Host: {misfit}",
            "Figures with an x are relative to the first run, paper on Host. Energy is relative to paper on Chip, because the first run has no energy figure.",
            "paper: the trained networks of Host, Chip are bit-identical.",
            "fast: it ran on Chip only, so there is no other network to compare its network with.",
        ], new ComparisonTable(_four).Notes);
        Assert.True(_four.IsSame); // networks of different presets differ by right
        var differing = new Comparison([Ran("Host", "paper", 1, null, theta: 1), Ran("Chip", "paper", 1, null, theta: 2)]);
        Assert.False(differing.IsSame);
        Assert.Equal("paper: the trained networks of Host, Chip DIFFER.", new ComparisonTable(differing).Notes[^1]);
    }

    [Fact]
    public void Why_a_run_has_no_energy_is_told_once_below()
    {
        ComparedRun Unreadable(string preset)
        {
            ComparedRun ran = Ran("Host", preset, 1, null, theta: 1);
            return ran with { Result = ran.Result! with { Device = Device("Host") with { NoEnergyBecause = "meter not readable: /sys/x" } } };
        }

        var table = new ComparisonTable(new Comparison([Unreadable("paper"), Unreadable("fast")]));
        Assert.Equal(["none, see below", "none, see below"], Row(table, "energy, training"));
        Assert.Single(table.Notes, "Host has no energy figures: meter not readable: /sys/x.");
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(80, 2)]
    [InlineData(60, 4)]
    [InlineData(20, 4)]
    public void On_a_terminal_as_many_runs_stand_side_by_side_as_it_is_wide_enough_for(int width, int blocks)
    {
        string[] lines = Rendered(width);
        Assert.Equal(blocks, lines.Count(l => l.TrimStart().StartsWith("preset", StringComparison.Ordinal)));
        Assert.All(lines, l => Assert.True(l.Length <= width, $"'{l}' is wider than {width}"));
        if (width > 20)
        {
            Assert.Equal(blocks, lines.Count(l => l.TrimStart().StartsWith("weights (SHA-256)", StringComparison.Ordinal))); // no row is broken
        }
    }

    [Fact]
    public void As_Markdown_every_row_has_as_many_cells_as_the_head_and_others_names_are_no_markup()
    {
        string[] lines = [.. ComparisonMarkdown.Lines(new ComparisonTable(new Comparison([Ran("A|*b_", "paper", 1, 1, 1), Ran("Chip", "paper", 1, 1, 1)])))];
        Assert.Equal(@"|  | A\|\*b\_ | Chip |", lines[0]);
        Assert.Equal("|---|---:|---:|", lines[1]);
        int end = Array.IndexOf(lines, "");
        Assert.InRange(end, 10, 30);
        Assert.All(lines[..end], l => Assert.Equal(4, l.Replace(@"\|", "", StringComparison.Ordinal).Count(c => c == '|')));
        Assert.All(lines[(end + 1)..], l => Assert.StartsWith("- ", l, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Row(ComparisonTable table, string name) => table.Rows.Single(r => r.Name == name).Cells;

    private static string[] Rendered(int width)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Write(new SideBySide(new ComparisonTable(_four)));
        return [.. text.ToString().Split('\n').Select(l => l.TrimEnd())];
    }

    private static ComparedRun DidNotFit(string backend, string preset)
    {
        RunSettings settings = Settings(backend, preset);
        DeviceInfo device = Device(backend);
        return new ComparedRun(settings, new PlanDoesNotFitException(MemoryPlan.Make(settings.Training, device), PlanChange.Nearest(settings.Training, device)));
    }

    private static ComparedRun Ran(string backend, string preset, double seconds, double? joules, float theta)
    {
        RunSettings settings = Settings(backend, preset);
        var energy = joules is not { } j ? null : new EnergyReading(
            EnergyMethod.Modelled, new Dictionary<EnergyDomain, Joules> { [EnergyDomain.Dma] = new(j, j / 2, j * 2) }, 0.25);
        var samples = new SampleSet(new byte[784], new byte[1], 784);
        return new ComparedRun(settings, null, new RunResult
        {
            Device = Device(backend),
            BackendVersion = "1.0.0",
            DeviceSettings = new DeviceSettings { Level = "PL3", Policy = "fixed", Backend = preset == "fast" ? new Dictionary<string, string> { ["profile"] = "wide" } : [] },
            Preset = preset,
            Training = settings.Training,
            Dataset = new LoadedDataset { Name = "none", Sha256 = "", Origin = "", Train = samples, Validation = null, Test = samples },
            Plan = MemoryPlan.Make(settings.Training, Device(backend)),
            Epochs = [],
            TestAccuracy = 0.5,
            Network = new NetworkSnapshot([new LayerSnapshot(784, 10, 1, [new Connection(0, 0, theta, false)])]),
            Counters = new DeviceCounters([.. Enum.GetValues<Phase>().Select(phase => new PhaseCounters
            {
                Phase = phase,
                Elapsed = SimTime.FromSeconds(seconds),
                Cores = [],
                HostToDevice = Bytes.Zero,
                DeviceToHost = Bytes.Zero,
                Energy = energy,
            })]),
            Kernels = null,
            Faults = null,
            WallSeconds = 1,
            CountersSince = null,
            NonFinite = null,
        });
    }

    private static RunSettings Settings(string backend, string preset) => RunSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection([new("backend", backend), new("preset", preset)]).Build());

    private static DeviceInfo Device(string backend) => new()
    {
        Backend = backend,
        Profile = "test",
        Kind = DeviceKind.Emulation,
        Cores = 1,
        CoresAvailable = 4,
        SramPerCore = Bytes.FromKiB(64),
        SramIsLimited = true,
        Dram = Bytes.Zero,
        Levels = [],
        Energy = null,
    };
}
