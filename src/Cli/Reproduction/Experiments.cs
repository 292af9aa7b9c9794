using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR;
using NeuroHal.Hosting;

namespace NeuroHal.Cli.Reproduction;

/// <summary>The runs that the published claims are held against.</summary>
internal sealed record Experiments
{
    /// <summary>On the emulated chip with 1, 2, 3 and 4 cores.</summary>
    public required IReadOnlyList<RunResult> ByCores { get; init; }

    /// <summary>On four cores without the accelerators.</summary>
    public required RunResult WithoutAccelerators { get; init; }

    /// <summary>On four cores with connections in external memory.</summary>
    public required RunResult FromExternalMemory { get; init; }

    /// <summary>On four cores without the accelerators and with connections in external memory.</summary>
    public required RunResult WithNeither { get; init; }

    /// <summary>On four cores awake while they wait.</summary>
    public required RunResult AlwaysAwake { get; init; }

    /// <summary>On four cores at the lowest level while they wait.</summary>
    public required RunResult LowWhileWaiting { get; init; }

    /// <summary>The host at its best.</summary>
    public required RunResult Host { get; init; }

    /// <summary>The host as one would write it.</summary>
    public required StandardRun Standard { get; init; }

    /// <summary>All that ran on a device.</summary>
    public IReadOnlyList<RunResult> All => [.. ByCores, WithoutAccelerators, FromExternalMemory, WithNeither, AlwaysAwake, LowWhileWaiting, Host];

    public static async Task<Experiments> RunAsync(
        RunSettings settings, LoadedDataset data, Terminal terminal, CancellationToken cancellation)
    {
        async Task<RunResult> Chip(int cores, string? policy = null, bool accelerated = true, WeightPlacement weights = WeightPlacement.Sram)
        {
            var device = new DeviceRequest { Cores = cores, Policy = policy };
            return await Train("SpiNNaker2Emu", device, weights, accelerated);
        }

        async Task<RunResult> Train(string backend, DeviceRequest device, WeightPlacement weights, bool accelerated)
        {
            string on = accelerated ? "true" : "false";
            IConfiguration configuration = new ConfigurationBuilder().AddConfiguration(settings.Configuration).AddInMemoryCollection(
            [
                new("backends:SpiNNaker2Emu:exponentialAccelerator", on),
                new("backends:SpiNNaker2Emu:randomAccelerator", on),
            ]).Build();
            var plugins = new PluginCatalog(configuration);
            RunSettings own = settings with { Backend = backend, Device = device, Training = settings.Training with { Weights = weights } };
            RunResult result = await TrainingRun.ExecuteAsync(plugins, own, data, terminal.Silent(), cancellation);
            terminal.Talk(Reports.Figures.Invariant(
                $"{backend}, {device.Cores} core(s), {device.Policy ?? "default policy"}, accelerators {on}, weights in {weights}: {result.Counters[Phase.Train].Elapsed}, test accuracy {100 * result.TestAccuracy:0.00} %"));
            return result;
        }

        var byCores = new List<RunResult>();
        for (int cores = 1; cores <= 4; cores++)
        {
            byCores.Add(await Chip(cores));
        }
        StandardRun standard = StandardRun.Execute(settings.Training, data, cancellation);
        terminal.Talk(Reports.Figures.Invariant($"standard CPU implementation: {standard.Training}, test accuracy {100 * standard.TestAccuracy:0.00} %"));
        return new Experiments
        {
            ByCores = byCores,
            WithoutAccelerators = await Chip(4, accelerated: false),
            FromExternalMemory = await Chip(4, weights: WeightPlacement.Dram),
            WithNeither = await Chip(4, accelerated: false, weights: WeightPlacement.Dram),
            AlwaysAwake = await Chip(4, "fixed"),
            LowWhileWaiting = await Chip(4, "per-phase"),
            Host = await Train("ReferenceCpu", new DeviceRequest(), WeightPlacement.Sram, accelerated: true),
            Standard = standard,
        };
    }
}
