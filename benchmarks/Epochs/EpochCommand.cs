using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Sources;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Training;
using NeuroHal.Hosting;
using Spectre.Console;

namespace NeuroHal.Benchmarks.Epochs;

/// <summary>Whole epochs of training, interleaved.</summary>
internal static class EpochCommand
{
    private const long RoomForSixteenLanes = 256 * 1024;
    private const int TableWidth = 160;
    private const int WarmUp = 2;

    // The first of each race is what the others are compared with.
    private static readonly (string Title, Func<SampleSet, List<IContender>> Contenders)[] _races =
    [
        ("fast, one core, 16 lanes", samples =>
        [
            Cpu(Presets.Fast, samples, 1, 1),
            Cpu(Presets.Fast, samples, 2, 2),
            Chip(Presets.Fast, samples, 1, RoomyProfile()),
            new StandardContender(Presets.Fast, samples),
        ]),
        ("fast, four cores, 16 lanes", samples =>
        [
            Cpu(Presets.Fast, samples, 4, 2),
            Chip(Presets.Fast, samples, 4, RoomyProfile()),
        ]),
        ("fast, one core of 128 KB, 8 lanes", samples =>
        [
            Cpu(Presets.Fast with { Lanes = 8 }, samples, 1, 1),
            Chip(Presets.Fast, samples, 1, "spinnaker2"),
        ]),
        ("fast, four cores of 64 KB, 4 lanes", samples =>
        [
            Cpu(Presets.Fast with { Lanes = 4 }, samples, 4, 2),
            Chip(Presets.Fast, samples, 4, "spinnaker2-prototype"),
        ]),
        ("paper, one core", samples =>
        [
            Cpu(Presets.Paper, samples, 1, 1),
            Chip(Presets.Paper, samples, 1, "spinnaker2-prototype"),
            new StandardContender(Presets.Paper, samples),
        ]),
        ("paper, four cores", samples =>
        [
            Cpu(Presets.Paper, samples, 4, 2),
            Chip(Presets.Paper, samples, 4, "spinnaker2-prototype"),
        ]),
        ("dense networks beside fast", Dense),
    ];

    public static Command Create()
    {
        var command = new Command("epochs", "Train whole epochs on everything there is, interleaved, and print times and ratios");
        Option<string> dataset = new("--dataset") { Description = "Data set", DefaultValueFactory = _ => "auto" };
        Option<int?> samples = new("--samples") { Description = "Samples of an epoch [default: all]" };
        Option<int> rounds = new("--rounds") { Description = "Timed epochs of each", DefaultValueFactory = _ => 5 };
        Option<string> only = new("--only") { Description = "Races whose title starts so, such as fast, paper, dense [default: all]", DefaultValueFactory = _ => "" };
        command.Options.Add(dataset);
        command.Options.Add(samples);
        command.Options.Add(rounds);
        command.Options.Add(only);
        command.SetAction(async (parsed, cancellation) => await RunAsync(
            parsed.GetValue(dataset)!, parsed.GetValue(samples), parsed.GetValue(rounds), parsed.GetValue(only)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string name, int? limit, int rounds, string only, CancellationToken cancellation)
    {
        Dataset set = await new DatasetCatalog(DatasetEnvironment.OfProcess()).LoadAsync(name, 1, cancellation: cancellation);
        LabeledImages images = set.Train.Slice(0, Math.Min(limit ?? int.MaxValue, set.Train.Count));
        var samples = new SampleSet(images.Pixels, images.Labels, images.Rows * images.Columns);
        AnsiConsole.Profile.Width = TableWidth;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{set.Name}, {samples.Count:N0} samples an epoch; median [least, most] of {rounds} interleaved rounds after a warm-up"));
        foreach ((string title, Func<SampleSet, List<IContender>> contenders) in _races)
        {
            if (title.StartsWith(only, StringComparison.OrdinalIgnoreCase))
            {
                Print(title, samples.Count, Race.Run(contenders(samples), WarmUp, rounds, Log));
            }
        }
        return 0;
    }

    private static List<IContender> Dense(SampleSet samples)
    {
        TrainingOptions fast = Presets.Fast;
        List<IContender> all =
        [
            Cpu(fast, samples, 1, 1),
            new DenseContender(fast.Layers, fast.Minibatch, fast.LearningRate, samples),
        ];
        if (TorchContender.TryCreate(fast.Layers, fast.Minibatch, fast.LearningRate, samples, out string why) is { } torch)
        {
            all.Add(torch);
        }
        else
        {
            Console.WriteLine(why);
        }
        return all;
    }

    private static DeviceContender Cpu(TrainingOptions options, SampleSet samples, int cores, int threads) => new(
        $"ReferenceCpu, {cores} core(s), {threads} thread(s)",
        Plugins(new() { ["backends:ReferenceCpu:threads"] = threads.ToString(CultureInfo.InvariantCulture) }),
        "ReferenceCpu",
        new DeviceRequest { Cores = cores },
        options,
        samples);

    private static DeviceContender Chip(TrainingOptions options, SampleSet samples, int cores, string profile) => new(
        $"SpiNNaker2Emu {Path.GetFileNameWithoutExtension(profile)}, {cores} core(s)",
        Plugins(new() { ["backends:SpiNNaker2Emu:profile"] = profile }),
        "SpiNNaker2Emu",
        new DeviceRequest { Cores = cores },
        options,
        samples);

    /// <summary>Sixteen lanes need more than the 128 KB of the spinnaker2 profile: the same with twice the memory.</summary>
    private static string RoomyProfile()
    {
        string folder = PluginDirectory.Find(new ConfigurationBuilder().Build());
        JsonNode profile = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "SpiNNaker2Emu", "profiles", "spinnaker2.json")))!;
        JsonNode sram = profile["sramPerCore"]!;
        (sram["value"], sram["low"], sram["high"]) = (RoomForSixteenLanes, RoomForSixteenLanes, RoomForSixteenLanes);
        string file = Path.Combine(Path.GetTempPath(), $"spinnaker2-{RoomForSixteenLanes / 1024}KB.json");
        File.WriteAllText(file, profile.ToJsonString());
        return file;
    }

    private static PluginCatalog Plugins(Dictionary<string, string?> settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new PluginCatalog(configuration);
    }

    private static void Print(string title, int samples, IReadOnlyList<Timing> timings)
    {
        Table table = new Table { Title = new TableTitle(title), Border = TableBorder.Simple }.AddColumn("");
        foreach (string column in new[] { "s / epoch", "samples / s", "epochs / s", "times the first", "chip time / host time" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        foreach (Timing t in timings)
        {
            table.AddRow(
                t.Name,
                Of(t.Seconds, "0.0000"),
                string.Create(CultureInfo.InvariantCulture, $"{samples / t.Seconds.Median:N0}"),
                string.Create(CultureInfo.InvariantCulture, $"{1 / t.Seconds.Median:0.00}"),
                Of(t.Ratio, "0.00"),
                t.EmulatedSeconds is { } chip ? string.Create(CultureInfo.InvariantCulture, $"{chip / t.Seconds.Median:0.0}") : "");
        }
        AnsiConsole.Write(table);
    }

    private static string Of(Spread spread, string format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{spread.Median.ToString(format, CultureInfo.InvariantCulture)} [[{spread.Least.ToString(format, CultureInfo.InvariantCulture)}, {spread.Most.ToString(format, CultureInfo.InvariantCulture)}]]");

    private static void Log(string text) => Console.Error.WriteLine(text);
}
