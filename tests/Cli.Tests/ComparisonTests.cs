using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Comparisons;
using NeuroHal.Hosting;
using NeuroHal.Results;

namespace NeuroHal.Cli.Tests;

/// <summary>Presets on backends, side by side.</summary>
public sealed class ComparisonTests : IDisposable
{
    private static readonly string[] _run = [.. FewDigits.Options, "--limit", "160", "--epochs", "1"];

    private readonly Neurohal _neurohal = new Neurohal().WithFewDigits();

    public void Dispose() => _neurohal.Dispose();

    [Fact]
    public async Task Every_preset_runs_on_every_backend_it_fits_and_what_does_not_fit_is_told_with_the_rest()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(
            ["compare", "--backends", "spinnaker2emu,ReferenceCpu", "--presets", "paper,fast", "--format", "json", "--output", "all", .. _run]);
        run.Succeeds();
        string folder = Path.Combine(_neurohal.Folder, "all");
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "result.json")).Trim(), run.Output.Trim()); // nothing but the result

        // Preset by preset; folders are called what backends call themselves.
        IReadOnlyList<(string Folder, RunRecord Run)> runs = RunDirectory.Read(folder);
        Assert.Equal(["SpiNNaker2Emu-paper", "ReferenceCpu-paper", "ReferenceCpu-fast"], runs.Select(r => Path.GetFileName(r.Folder)));
        Assert.All(runs, r => Assert.Equal(r.Run.Weights.Sha256, Assert.Single(RunDirectory.Read(r.Folder)).Run.Weights.Sha256));
        Assert.Equal(1, runs[0].Run.Training.Lanes);
        Assert.Equal(16, runs[2].Run.Training.Lanes); // the backend that fast does not fit has no say

        JsonNode result = JsonNode.Parse(run.Output)!;
        JsonNode misfit = Assert.Single(result["doesNotFit"]!.AsArray())!;
        Assert.Equal(("SpiNNaker2Emu", "fast"), ((string)misfit["backend"]!, (string)misfit["preset"]!));
        Assert.Contains("It would fit with --cores 2", (string)misfit["reason"]!, StringComparison.Ordinal);
        Assert.Equal("""[{"preset":"paper","backends":["SpiNNaker2Emu","ReferenceCpu"],"bitIdentical":true},{"preset":"fast","backends":["ReferenceCpu"],"bitIdentical":null}]""", result["presets"]!.ToJsonString());
        JsonNode ratio = result["ratios"]![2]!;
        Assert.Equal(("ReferenceCpu", "fast"), ((string)ratio["backend"]!, (string)ratio["preset"]!));
        Assert.Equal(runs[2].Run.Time.DeviceSecondsTraining / runs[0].Run.Time.DeviceSecondsTraining, (double)ratio["deviceSecondsTraining"]!, 1e-12);

        // Metrics are of the network and the images: the same wherever it was trained.
        JsonArray all = result["runs"]!.AsArray();
        Assert.Equal(all[0]!["metrics"]!.ToJsonString(), all[1]!["metrics"]!.ToJsonString());
        Assert.Equal(266_200, runs[0].Run.Metrics!.SynapticOperations.Dense);
        Assert.InRange(runs[0].Run.Metrics!.SynapticOperations.EffectiveMacs, 1, 3552);
        Assert.InRange(runs[0].Run.Metrics!.ConnectionSparsity, 1 - (3552 / 266_200.0), 1);
        Assert.Equal(FewDigits.Test, runs[0].Run.Metrics!.Samples);
        all[1]!["metrics"]!["connectionSparsity"] = 1.5;
        Assert.Contains("its metrics", Assert.Throws<BadDataException>(() => ResultJson.ReadRuns(Encoding.UTF8.GetBytes(result.ToJsonString()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Networks_of_one_preset_that_differ_are_exit_code_1()
    {
        _neurohal.WithDiverging();
        Neurohal.Outcome run = await _neurohal.RunProcessAsync(
            ["compare", "--backends", "SpiNNaker2Emu,Diverging", "--set", "plugins:path=plugins", "--format", "markdown", .. _run]);
        run.Succeeds(1);
        Assert.StartsWith("|  | SpiNNaker2Emu | Diverging |\n|---|---:|---:|\n| preset | paper | paper |\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("- paper: the trained networks of SpiNNaker2Emu, Diverging DIFFER.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_fits_the_plan_is_shown_with_exit_code_3()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(["compare", "--backends", "SpiNNaker2Emu", "--presets", "fast,best", "--output", "none", .. _run]);
        run.FailsWith(3, "does not fit", "--cores");
        Assert.Contains("short by (-)", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_neurohal.Folder, "none")));
    }

    [Theory]
    [InlineData("No preset to compare; ',' names none.", "compare:presets", ",")]
    [InlineData("No backend to compare; ',' names none.", "compare:backends", ",")]
    [InlineData("Unknown preset 'slow'", "compare:presets", "paper,slow")]
    [InlineData("compare:format is 'xml'; it must be one of table, markdown, json.", "compare:format", "xml")]
    public void What_cannot_be_compared_is_said_in_one_line(string message, string key, string value) =>
        Assert.Contains(message, Assert.Throws<BadArgumentException>(() => Read((key, value))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_divergence_is_searched_for_in_one_preset()
    {
        Assert.Equal("fast", Read(("preset", "fast")).OnlyPreset.Preset);
        Assert.Equal("best", Read(("preset", "fast"), ("compare:presets", "best")).OnlyPreset.Preset);
        ComparisonSettings two = Read(("compare:presets", "paper, fast,Paper"));
        Assert.Contains("in runs of one preset, these are 2: paper, fast", Assert.Throws<BadArgumentException>(() => two.OnlyPreset).Message, StringComparison.Ordinal);
    }

    private static ComparisonSettings Read(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new("compare:backends", "ReferenceCpu")])
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        return ComparisonSettings.Read(configuration, new PluginCatalog(configuration));
    }
}
