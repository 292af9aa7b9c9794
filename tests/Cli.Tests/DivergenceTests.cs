namespace NeuroHal.Cli.Tests;

/// <summary>Where two backends part, from the command line.</summary>
public sealed class DivergenceTests : IDisposable
{
    private static readonly string[] _run = [.. FewDigits.Options, "--limit", "30", "--epochs", "1"];

    private readonly Neurohal _neurohal = new Neurohal().WithFewDigits();

    public void Dispose() => _neurohal.Dispose();

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Good_backends_do_not_part(string cores)
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(["compare", "--find-divergence", "--cores", cores, .. _run]);
        run.Succeeds();
        Assert.Contains("ReferenceCpu and SpiNNaker2Emu, in step:", run.Error, StringComparison.Ordinal);
        Assert.Matches(@"No divergence in [\d,]+ supersteps, [\d,]+ kernel calls\.", run.Output);
    }

    [Fact]
    public async Task A_backend_that_is_a_little_wrong_is_found_to_the_element_with_exit_code_1()
    {
        _neurohal.WithDiverging();
        Neurohal.Outcome run = await _neurohal.RunProcessAsync(
            ["compare", "--find-divergence", "--backends", "SpiNNaker2Emu,Diverging", "--set", "plugins:path=plugins", .. _run]);
        run.Succeeds(1);
        RequireReport(run.Output);
    }

    [Fact]
    public async Task A_recording_finds_the_same_without_the_backend_that_it_is_of()
    {
        _neurohal.WithDiverging();
        Neurohal.Outcome recorded = await _neurohal.RunAsync(["train", "--record", "run.rec", .. _run]);
        recorded.Succeeds();
        Assert.Matches(@"Recorded [\d,]+ supersteps of SpiNNaker2Emu in run\.rec", recorded.Error);

        Neurohal.Outcome good = await _neurohal.RunAsync(["compare", "--replay", "run.rec", "--backends", "ReferenceCpu", .. _run]);
        good.Succeeds();
        Assert.Contains("No divergence in", good.Output, StringComparison.Ordinal);

        Neurohal.Outcome wrong = await _neurohal.RunProcessAsync(
            ["compare", "--replay", "run.rec", "--backends", "Diverging", "--set", "plugins:path=plugins", .. _run]);
        wrong.Succeeds(1);
        RequireReport(wrong.Output);
    }

    [Fact]
    public async Task Two_in_step_can_be_recorded_and_the_limit_is_kept_and_said()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(
            ["compare", "--find-divergence", "--record", "run.rec", "--set", "record:megabytes=1", .. _run]);
        run.Succeeds();
        Assert.Contains("up to its limit of 1,000,000 B", run.Error, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(Path.Combine(_neurohal.Folder, "run.rec")).Length, 500_000, 1_000_100);

        Neurohal.Outcome replay = await _neurohal.RunAsync(["compare", "--replay", "run.rec", "--backends", "SpiNNaker2Emu", .. _run]);
        replay.Succeeds();
        Assert.Contains("The recording ends before the run does.", replay.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_of_another_run_or_a_damaged_one_is_refused()
    {
        Assert.Equal(0, (await _neurohal.RunAsync(["train", "--backend", "ReferenceCpu", "--record", "run.rec", .. _run])).Code);
        string[] replay = ["compare", "--replay", "run.rec", "--backends", "ReferenceCpu", .. _run];
        (await _neurohal.RunAsync([.. replay, "--seed", "2"])).FailsWith(2, "another run: its seed is 1, here it is 2");

        string file = Path.Combine(_neurohal.Folder, "run.rec");
        byte[] good = File.ReadAllBytes(file);
        File.WriteAllBytes(file, good[..^1]);
        (await _neurohal.RunAsync(replay)).FailsWith(2, "run.rec", "damaged", "cut off");
        good[good.Length / 2] ^= 1;
        File.WriteAllBytes(file, good);
        (await _neurohal.RunAsync(replay)).FailsWith(2, "run.rec", "damaged", "checksum");
    }

    [Theory]
    [InlineData("takes two backends, these are 1: ReferenceCpu", "--find-divergence", "--backends", "ReferenceCpu")]
    [InlineData("with one backend, these are 2", "--replay", "run.rec")]
    [InlineData("'none.rec' cannot be read", "--replay", "none.rec", "--backends", "ReferenceCpu")]
    [InlineData("--ulps is given without", "--ulps", "1")]
    [InlineData("compare:ulps is '-1'", "--find-divergence", "--ulps", "-1")]
    [InlineData("--record is given without", "--record", "run.rec")]
    [InlineData("given together", "--replay", "a", "--record", "b")]
    [InlineData("--output", "--find-divergence", "--output", "dir")]
    [InlineData("cannot be written", "--find-divergence", "--record", "no/such/folder/run.rec")]
    [InlineData("record:megabytes is 0", "--find-divergence", "--record", "a", "--set", "record:megabytes=0")]
    public async Task What_makes_no_sense_is_refused(string message, params string[] options) =>
        (await _neurohal.RunAsync(["compare", .. _run, .. options])).FailsWith(2, message);

    [Fact]
    public async Task Figures_of_a_run_that_is_recorded_are_refused() =>
        (await _neurohal.RunAsync(["train", "--record", "run.rec", "--output", "dir", .. _run])).FailsWith(2, "changes time and energy");

    private static void RequireReport(string output)
    {
        // Three layers are updated for each sample, in one superstep after the first of all: the seventh update is the third sample's first.
        Assert.Matches(@"DIVERGE after 3 supersteps that are the same", output);
        Assert.Matches(@"superstep +4, 'train'", output);
        Assert.Matches(@"core +0\n", output);
        Assert.Matches(@"kernel +sparse-update, its call 7 on this core", output);
        Assert.Matches(@"buffer +layer 2 theta, 1 of 900 elements differ", output);
        Assert.Matches(@"element +\[41\]\n", output);
        Assert.Matches(@"Diverging +-?[\d.E-]+ \(0x[0-9A-F]{8}\)", output);
        Assert.Matches(@"apart by +3 ULPs", output);
    }
}
