using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Training;
using NeuroHal.Hosting;
using Spectre.Console;

namespace NeuroHal.Cli.Commands;

/// <summary>How much each constant of a device's model matters: training with it at its lower, then its upper bound.</summary>
internal static class SensitivityCommand
{
    private const int DefaultSamples = 500;

    public static Command Create(Terminal terminal)
    {
        var command = new Command("sensitivity", "Show how much each constant of the model matters for time and energy");
        var options = new RunOptions(command, OptionGroups.Tests | OptionGroups.Output | OptionGroups.Trace | OptionGroups.Profile);
        options.Add(command, "--backend", ConfigurationKeys.Backend, "ID", "Which device [default: SpiNNaker2Emu]", Choices.Backends);
        Option<bool> markdown = new("--markdown") { Description = "Print the table as Markdown" };
        command.Options.Add(markdown);
        command.GivesJson().WithExamples(
            ("sensitivity --dataset digits --limit 100", "On a hundred samples of the built-in digits."),
            ("sensitivity --dataset digits --limit 100 --cores 4 --markdown", "On four cores, as a table to paste."));
        command.SetAction((parsed, cancellation) =>
            RunAsync(options.Configure(parsed), parsed.GetValue(markdown), terminal, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IConfiguration configuration, bool markdown, Terminal terminal, CancellationToken cancellation)
    {
        RunSettings settings = RunSettings.Read(configuration);
        settings = settings with { Dataset = settings.Dataset with { Limit = settings.Dataset.Limit ?? DefaultSamples } };
        var plugins = new PluginCatalog(configuration);
        LoadedDataset data = await LoadedDataset.LoadAsync(settings.Dataset, terminal, cancellation);
        (double time, double energy, IReadOnlyList<ModelConstant> constants) = await TrainAsync(plugins, settings, data, null, 0, cancellation);
        var effects = new List<Effect>();
        foreach (ModelConstant constant in constants.Where(c => c.Low < c.High))
        {
            (double lowTime, double lowEnergy, _) = await TrainAsync(plugins, settings, data, constant.Id, constant.Low, cancellation);
            (double highTime, double highEnergy, _) = await TrainAsync(plugins, settings, data, constant.Id, constant.High, cancellation);
            effects.Add(new Effect(
                constant, (lowTime / time) - 1, (highTime / time) - 1, (lowEnergy / energy) - 1, (highEnergy / energy) - 1));
        }
        terminal.Result(Figures.Invariant(
            $"One epoch of {data.Train.Count} samples of {data.Name}, {settings.Device.Cores} core(s): {SimTime.FromSeconds(time)}, {energy * 1e3:0.###} mJ. Changes with one constant at its lower / upper bound, the others at their values:"));
        Write(terminal, effects.Where(e => e.Shows).OrderByDescending(e => e.Most), markdown);
        terminal.Result($"Less than 0.01 % either way: {string.Join(", ", effects.Where(e => !e.Shows).Select(e => $"{e.Constant.Id} ({Standing(e.Constant)})"))}.");
        terminal.Json(new
        {
            ResultFile.SchemaVersion,
            Command = "sensitivity",
            Backend = new { Id = settings.Backend },
            Dataset = new { data.Name, Train = data.Train.Count },
            DeviceSecondsTraining = time,
            Joules = energy,
            Constants = effects.OrderByDescending(e => e.Most).Select(e => new
            {
                e.Constant.Id,
                e.Constant.Value,
                e.Constant.Low,
                e.Constant.High,
                e.Constant.Unit,
                e.Constant.IsAssumed,
                Standing = Standing(e.Constant),
                Time = new[] { e.LowTime, e.HighTime },
                Energy = new[] { e.LowEnergy, e.HighEnergy },
            }),
        });
        return ExitCode.Done;
    }

    private static void Write(Terminal terminal, IEnumerable<Effect> effects, bool markdown)
    {
        var table = new Table { Border = markdown ? TableBorder.Markdown : TableBorder.Simple };
        table.AddColumn("constant").AddColumn("value [[low, high]]").AddColumn("standing");
        table.AddColumn(new TableColumn("time").RightAligned()).AddColumn(new TableColumn("energy").RightAligned());
        foreach (Effect effect in effects)
        {
            ModelConstant c = effect.Constant;
            table.AddRow(
                Markup.Escape(c.Id),
                Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{c.Value:G6} [{c.Low:G6}, {c.High:G6}] {c.Unit}")),
                Standing(c),
                Change(effect.LowTime, effect.HighTime),
                Change(effect.LowEnergy, effect.HighEnergy));
        }
        terminal.Result(table);
    }

    /// <summary>What is behind a constant: a publication, a derivation from such, or neither.</summary>
    private static string Standing(ModelConstant constant) => constant.IsAssumed ? "assumed" : constant.IsDerived ? "derived" : "published";

    private static string Change(double low, double high) => string.Create(CultureInfo.InvariantCulture, $"{100 * low:+0.00;-0.00;0.00} / {100 * high:+0.00;-0.00;0.00} %");

    private static async Task<(double Time, double Energy, IReadOnlyList<ModelConstant> Constants)> TrainAsync(
        PluginCatalog plugins, RunSettings settings, LoadedDataset data, string? constant, double value, CancellationToken cancellation)
    {
        DeviceRequest request = constant is null
            ? settings.Device
            : settings.Device with { Constants = new Dictionary<string, double> { [constant] = value } };
        IDevice device = plugins.Open(settings.Backend, request);
        await using (device)
        {
            IDeviceModel model = device.Find<IDeviceModel>()
                ?? throw new NotSupportedByDeviceException($"{settings.Backend} is not modelled; there is nothing to vary.");
            var trainer = new Trainer(device, settings.Training, settings.Initial);
            trainer.TrainEpoch(trainer.Load("training images", data.Train), cancellation: cancellation);
            PhaseCounters train = device.ReadCounters()[Phase.Train];
            return (train.Elapsed.Seconds, train.Energy?.Total.Value ?? 0, model.Constants);
        }
    }

    private sealed record Effect(ModelConstant Constant, double LowTime, double HighTime, double LowEnergy, double HighEnergy)
    {
        public bool Shows => Most >= 1e-4;

        public double Most => new[] { LowTime, HighTime, LowEnergy, HighEnergy }.Max(Math.Abs);
    }
}
