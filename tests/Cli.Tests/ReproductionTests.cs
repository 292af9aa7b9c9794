using System.Text.Json;
using NeuroHal.Cli.Reproduction;

namespace NeuroHal.Cli.Tests;

/// <summary>The published experiments and the sensitivity to constants, on a few samples; the emulated figures are exact.</summary>
public sealed class ReproductionTests : IDisposable
{
    private readonly Neurohal _neurohal = new Neurohal().WithFewDigits();

    public void Dispose() => _neurohal.Dispose();

    [Fact]
    public async Task The_published_experiments_are_held_against_their_claims()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(["reproduce", "--quick", .. FewDigits.Options, "--limit", "300", "--output", "claims"]);
        run.Succeeds();
        string[] sources = ["Liu et al. 2018", "Yan et al. 2019", "Hoeppner et al. 2019", "measured here"];
        string[] words = run.Output.Split([' ', '\n', '│'], StringSplitOptions.RemoveEmptyEntries);
        Assert.All(sources, source => Assert.Contains(source.Split(' ')[0], words));
        Assert.Matches(@"power against the standard CPU .* \d+ times lower \[\d+, \d+\]", run.Output);

        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(Path.Combine(_neurohal.Folder, "claims", "result.json")));
        JsonElement[] runs = [.. result.RootElement.GetProperty("runs").EnumerateArray()];
        Assert.Equal(10, runs.Length);
        JsonElement one = runs[0], four = runs[3], software = runs[4], external = runs[5], neither = runs[6];
        Assert.True(Seconds(one) >= 3.5 * Seconds(four));
        Assert.True(Joules(four) <= 1.2 * Joules(one));
        foreach (JsonElement worse in new[] { software, external })
        {
            Assert.True(Seconds(worse) > 1.2 * Seconds(four) && Joules(worse) > 1.1 * Joules(four));
            Assert.True(Seconds(neither) > Seconds(worse) && Joules(neither) > Joules(worse));
            Assert.Equal(Weights(four), Weights(worse));
        }
    }

    [Fact]
    public async Task A_run_that_diverged_is_an_error() =>
        (await _neurohal.RunAsync(["reproduce", "--quick", .. FewDigits.Options, "--limit", "100", "--set", "training:learningRate=500"]))
            .FailsWith(1, "SpiNNaker2Emu, 1 core(s): Training has diverged ");

    [Fact]
    public void How_many_times_lower_has_the_bounds_of_both_figures() =>
        Assert.Equal("200 times lower [25, 1600]", ClaimTable.Lower(new Joules(20, 5, 80), new Joules(0.1, 0.05, 0.2), "0"));

    [Fact]
    public async Task Sensitivity_lists_what_matters_most_first()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(["sensitivity", .. FewDigits.Options, "--limit", "10", "--cores", "2", "--markdown"]);
        run.Succeeds();
        string[] rows = [.. run.Output.Split('\n').Where(l => l.StartsWith('|')).Skip(2)];
        Assert.Contains("energy.coreCycle", rows[0], StringComparison.Ordinal);
        Assert.Contains(rows, r => r.Contains("timing.pipelinedLoad", StringComparison.Ordinal) && r.Contains("published", StringComparison.Ordinal));
        Assert.Contains(rows, r => r.Contains("energy.coreCycle", StringComparison.Ordinal) && r.Contains("derived", StringComparison.Ordinal));
        Assert.Contains(rows, r => r.Contains("transfers.dmaSetup", StringComparison.Ordinal) && r.Contains("assumed", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, r => r.Contains("timing.exponentialSoftware", StringComparison.Ordinal));
        Assert.Matches("Less than 0.01 % either way: .*timing.exponentialSoftware", run.Output);
    }

    [Fact]
    public async Task A_device_that_is_not_modelled_has_no_sensitivity() =>
        (await _neurohal.RunAsync("sensitivity", "--dataset", "digits", "--limit", "20", "--backend", "ReferenceCpu"))
            .FailsWith(2, "is not modelled");

    private static double Seconds(JsonElement run) => run.GetProperty("time").GetProperty("deviceSecondsTraining").GetDouble();

    private static double Joules(JsonElement run) => run.GetProperty("energy").GetProperty("joules").GetDouble();

    private static string? Weights(JsonElement run) => run.GetProperty("weights").GetProperty("sha256").GetString();
}
