using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Inference;
using NeuroHal.Results;

namespace NeuroHal.Cli.Tests;

/// <summary>What a run had its device set to is kept with its result, and is what its network is put on again.</summary>
public sealed class AsTrainedTests(AsTrainedTests.SlowRun slow) : IClassFixture<AsTrainedTests.SlowRun>
{
    [Fact]
    public void A_result_has_the_devices_settings()
    {
        Assert.Equal(("PL1", "fixed"), (slow.Run.Device!.Level, slow.Run.Device.Policy));
        Assert.Equal(new Dictionary<string, string> { ["exponentialAccelerator"] = "false", ["profile"] = "spinnaker2" }, slow.Run.Device.Backend);
        Assert.Equal("spinnaker2", slow.Run.Backend.Profile);
        Assert.Contains("PL1, fixed", slow.Table, StringComparison.Ordinal);
        Assert.Contains("exponentialAccelerator=false, profile=spinnaker2", slow.Table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_left_to_the_backend_is_recorded_as_it_was()
    {
        Neurohal.Outcome trained = await slow.Neurohal.RunAsync(["train", .. FewDigits.Options, .. Neurohal.SmallNetwork, "--output", "plain"]);
        trained.Succeeds();
        RunRecord plain = Assert.Single(RunDirectory.Read(Path.Combine(slow.Neurohal.Folder, "plain"))).Run;
        Assert.Equal(("PL3", "race-to-idle", 0), (plain.Device!.Level, plain.Device.Policy, plain.Device.Backend.Count));
        (await slow.Neurohal.RunAsync("report", "plain", "slow")).Succeeds();
        Assert.Contains(
            "level PL3 and PL1; policy race-to-idle and fixed; device profile spinnaker2-prototype and spinnaker2; "
            + "backends:SpiNNaker2Emu:exponentialAccelerator default and false.",
            File.ReadAllText(Path.Combine(slow.Neurohal.Folder, "plain", "report", "index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_is_evaluated_on_the_device_it_was_trained_on()
    {
        Neurohal.Outcome same = await slow.Neurohal.RunAsync(["evaluate", "slow", .. FewDigits.Options]);
        same.Succeeds();
        Assert.Contains("SpiNNaker2Emu (spinnaker2)", same.Output, StringComparison.Ordinal);
        Assert.Contains("The accuracy is that of result.json.", same.Output, StringComparison.Ordinal);
        Assert.Contains("backends:SpiNNaker2Emu:profile spinnaker2", same.Error, StringComparison.Ordinal);
        Neurohal.Outcome other = await slow.Neurohal.RunAsync(["evaluate", "slow", "--set", "backends:SpiNNaker2Emu:profile=spinnaker2-prototype", .. FewDigits.Options]);
        Assert.Contains("The run was on the device profile spinnaker2, this is on spinnaker2-prototype.", other.Error, StringComparison.Ordinal);
        Neurohal.Outcome elsewhere = await slow.Neurohal.RunAsync(["evaluate", "slow", "--backend", "ReferenceCpu", .. FewDigits.Options]);
        elsewhere.Succeeds();
        Assert.Contains("ReferenceCpu (host)", elsewhere.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_given_goes_before_what_was_recorded()
    {
        InferenceSettings settings = Read(("device:level", "PL2"), ("backends:SpiNNaker2Emu:Profile", "spinnaker2-prototype"));
        Assert.Equal(("SpiNNaker2Emu", "PL2", "fixed"), (settings.Backend, settings.Device.Level, settings.Device.Policy));
        Assert.Equal("spinnaker2-prototype", settings.Configuration["backends:SpiNNaker2Emu:profile"]);
        Assert.Equal("false", settings.Configuration["backends:SpiNNaker2Emu:exponentialAccelerator"]);
        Assert.Equal("PL1", Read(("backend", "spinnaker2emu")).Device.Level);
    }

    [Fact]
    public void Another_backend_takes_nothing_of_what_was_one_backends_own()
    {
        InferenceSettings settings = Read(("backend", "ReferenceCpu"));
        Assert.Equal(("ReferenceCpu", null, null), (settings.Backend, settings.Device.Level, settings.Device.Policy));
        Assert.Null(settings.Configuration["backends:SpiNNaker2Emu:profile"]);
        Assert.Equal(1, settings.Device.Cores);
    }

    private InferenceSettings Read(params (string Key, string Value)[] given) => InferenceSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(given.Select(g => new KeyValuePair<string, string?>(g.Key, g.Value))).Build(), slow.Run);

    /// <summary>A run on another chip, at its lowest level, made once.</summary>
    public sealed class SlowRun : IAsyncLifetime
    {
        internal Neurohal Neurohal { get; } = new Neurohal().WithFewDigits();

        internal RunRecord Run { get; private set; } = null!;

        internal string Table { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Neurohal.Outcome outcome = await Neurohal.RunAsync([
                "train", .. FewDigits.Options, .. Neurohal.SmallNetwork, "--level", "PL1", "--policy", "fixed",
                "--set", "backends:SpiNNaker2Emu:profile=spinnaker2", "--set", "backends:SpiNNaker2Emu:exponentialAccelerator=false", "--output", "slow"]);
            Assert.True(outcome.Code == 0, outcome.Error);
            Table = outcome.Output;
            Run = Assert.Single(RunDirectory.Read(Path.Combine(Neurohal.Folder, "slow"))).Run;
        }

        public ValueTask DisposeAsync()
        {
            Neurohal.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
