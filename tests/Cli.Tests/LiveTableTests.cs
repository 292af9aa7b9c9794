using NeuroHal.Cli.Reports;
using NeuroHal.DeepR.Training;
using Spectre.Console.Testing;

namespace NeuroHal.Cli.Tests;

/// <summary>What training shows while it goes on.</summary>
public sealed class LiveTableTests
{
    [Fact]
    public async Task On_a_terminal_a_table_changes_in_place_and_notes_appear_above()
    {
        var output = new TestConsole();
        TestConsole error = new TestConsole().Interactive().EmitAnsiSequences();
        error.Profile.Capabilities.Ansi = true;
        using var neurohal = new Neurohal();
        int code = await neurohal.RunAsync(new Terminal(output, error), ["train", .. Neurohal.Small]);
        Assert.True(code == 0, error.Output);
        Assert.Contains("epoch 2/2", error.Output, StringComparison.Ordinal);
        Assert.Contains("\u001b[", error.Output, StringComparison.Ordinal); // moves
        Assert.Matches(@"hottest kernel +\S sparse-\w+, \d\d\.\d\d % of time", error.Output);
        Assert.Matches(@"rewired in this epoch +\S [\d,]+ ", error.Output);
        Assert.DoesNotContain('\u001b', output.Output);
    }

    [Fact]
    public void It_has_all_there_is_to_know()
    {
        var console = new TestConsole();
        console.Write(LiveTable.Of(_moment));
        string[] rows =
        [
            "epoch 3/9", "29.17 %", "training accuracy 93.21 %", "active connections 3,552", "rewired in this epoch 12,345", "emulated time 2 s",
            "energy 3 J [1, 5]", "hottest kernel sparse-update, 53.00 % of time", "samples a second, host 5,120", "time left 1:01:05",
        ];
        string shown = string.Join(' ', console.Output.Split([' ', '\n', '│'], StringSplitOptions.RemoveEmptyEntries));
        Assert.All(rows, row => Assert.Contains(row, shown, StringComparison.Ordinal));
        Assert.DoesNotContain("validation", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_device_does_not_count_is_left_out()
    {
        var console = new TestConsole();
        console.Write(LiveTable.Of(_moment with
        {
            Hottest = null,
            Progress = _moment.Progress with { Rewired = null },
            Counters = _moment.Counters with { Energy = null },
            Left = null,
        }));
        Assert.DoesNotContain("hottest", console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("rewired", console.Output, StringComparison.Ordinal);
        Assert.Contains("no meter", console.Output, StringComparison.Ordinal);
        Assert.Contains("not known", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rate_and_time_left_are_of_what_was_trained_on_here()
    {
        var clock = new Clock();
        var pace = new Pace(clock, epochs: 4, before: 100); // gone on with at the end of epoch 1
        Assert.Equal((0, null), pace.At(100, 100));
        clock.Seconds = 5;
        Assert.Equal((10, TimeSpan.FromSeconds(25)), pace.At(150, 100));
    }

    private static readonly TrainingMoment _moment = new()
    {
        Progress = new TrainingProgress
        {
            Epoch = 3,
            Samples = 5,
            SamplesPerEpoch = 8,
            Accuracy = 0.9321,
            Loss = 0.1,
            Connections = 3552,
            Rewired = 12_345,
        },
        Epochs = 9,
        Validation = null,
        Counters = Counters(),
        IsEmulated = true,
        Hottest = ("sparse-update", 0.53),
        SamplesPerSecond = 5120.9,
        Left = new TimeSpan(1, 1, 5),
    };

    private static PhaseCounters Counters() => new()
    {
        Phase = Phase.Train,
        Elapsed = SimTime.FromSeconds(2),
        Cores = [],
        HostToDevice = Bytes.Zero,
        DeviceToHost = Bytes.Zero,
        Energy = new EnergyReading(EnergyMethod.Modelled, new Dictionary<EnergyDomain, Joules> { [EnergyDomain.Sram] = new(3, 1, 5) }, 0),
    };

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
