using NeuroHal.DeepR.Training;
using NeuroHal.Reports.Page;
using NeuroHal.Reports.Runs;
using NeuroHal.Results;

namespace NeuroHal.Reports.Tests;

/// <summary>What a report says of whether its runs are alike.</summary>
public sealed class LikenessTests
{
    private static readonly NetworkSnapshot _network = Some.Network(7);
    private static readonly RunRecord _run = Some.Run(_network);

    [Fact]
    public void Runs_with_the_same_settings_are_alike() =>
        Assert.Equal("<p>Same data, settings and seed. The trained networks are bit-identical.</p>\n", Said(_run, _run));

    [Fact]
    public void What_differs_is_said_by_name_with_its_values()
    {
        RunRecord other = _run with
        {
            Training = _run.Training with { Epochs = 9, LearningRate = 0.5f, Rewiring = new() { Policy = "set", Every = 600 } },
            Dataset = _run.Dataset with { Train = 1000 },
            Device = _run.Device! with { Level = "PL1" },
        };
        string said = Said(_run, other);
        Assert.StartsWith("<p>Not the same in all of these runs: training images 100 and 1,000; epochs 2 and 9; learning rate ", said, StringComparison.Ordinal);
        Assert.Contains("rewiring policy deep-r and set; rewiring every 10 and 600; level PL3 and PL1. The", said, StringComparison.Ordinal);
        Assert.Contains("epochs 2, 9 and 3;", Said(_run, other, _run with { Training = _run.Training with { Epochs = 3 } }, _run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_backends_own_settings_are_told_by_their_keys_and_a_profile_once()
    {
        RunRecord With(string profile, params (string Key, string Value)[] settings) => _run with
        {
            Backend = _run.Backend with { Profile = profile },
            Device = _run.Device! with { Backend = settings.ToDictionary(s => s.Key, s => s.Value) },
        };
        Assert.Contains(
            "runs: device profile small and wide; backends:Chip:exponentialAccelerator false and default. The",
            Said(With("small", ("exponentialAccelerator", "false")), With("wide", ("profile", "wide"))), StringComparison.Ordinal);
        Assert.Contains("Same data", Said(With("wide", ("Profile", "wide"), ("x", "1")), With("wide", ("X", "1"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Backends_are_not_held_against_each_others_levels()
    {
        RunRecord host = _run with { Backend = _run.Backend with { Id = "Host", Profile = "host" }, Device = new DeviceSettings { Level = "host" } };
        Assert.Contains("Same data, settings and seed.", Said(_run, host), StringComparison.Ordinal);
        Assert.Contains("runs: level PL3 and PL2. The", Said(_run, host, _run with { Device = _run.Device! with { Level = "PL2" } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_an_older_result_does_not_tell_that_is_said() => Assert.Contains(
        "Same data, settings and seed. What the device was set to is not recorded of run 2.", Said(_run, _run with { Device = null }), StringComparison.Ordinal);

    [Fact]
    public void The_table_of_sources_has_every_setting()
    {
        ReportedRun run = Reported(_run, 0);
        string table = Provenance.Of([run, run with { Record = _run with { Device = null } }]).Text;
        Assert.Contains("<tr><th scope=\"row\">level, policy</th><td>PL3, plain</td><td>not recorded</td></tr>", table, StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=\"row\">settings of the backend</th><td>plain=plain</td><td>–</td></tr>", table, StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=\"row\">learning rate</th><td colspan=\"2\">", table, StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=\"row\">layers</th><td colspan=\"2\">36-8-4</td></tr>", table, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hosts_short_time_is_told_with_its_start()
    {
        string Table(DeviceKind kind, double seconds) => Comparison.Of(
            [Reported(_run with { Backend = _run.Backend with { Kind = kind }, Time = _run.Time with { DeviceSecondsTraining = seconds } }, 0)]).Text;
        Assert.Contains("<td>500.0 ms, with start-up</td>", Table(DeviceKind.Host, 0.5), StringComparison.Ordinal);
        Assert.DoesNotContain("with start-up", Table(DeviceKind.Host, 1.5), StringComparison.Ordinal);
        Assert.DoesNotContain("with start-up", Table(DeviceKind.Emulation, 0.5), StringComparison.Ordinal);
    }

    private static string Said(params RunRecord[] runs) => Likeness.Of([.. runs.Select(Reported)]).Text;

    private static ReportedRun Reported(RunRecord record, int index) => new() { Name = $"run {index + 1}", Record = record };
}
