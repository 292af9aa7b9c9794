using NeuroHal.Cli.Runs;
using NeuroHal.DeepR.Training;
using Spectre.Console;

namespace NeuroHal.Cli.Reports;

/// <summary>How training goes: a bar on a terminal, one line for each epoch elsewhere.</summary>
internal abstract class ProgressView
{
    private readonly IDevice _device;

    private ProgressView(IDevice device) => _device = device;

    /// <summary>Runs training and shows how far it is.</summary>
    public static void Show(Terminal terminal, IDevice device, int epochs, Action<ProgressView> train)
    {
        if (!terminal.IsLive)
        {
            train(new Lines(terminal, device, epochs));
            return;
        }
        terminal.TalkConsole.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => train(new Bar(context, device, epochs)));
    }

    /// <summary>Within an epoch.</summary>
    public abstract void Update(TrainingProgress progress);

    /// <summary>At the end of an epoch.</summary>
    public abstract void EpochDone(TrainingProgress progress, EpochResult result);

    private string Describe(TrainingProgress progress, int epochs)
    {
        PhaseCounters counters = _device.ReadCounters()[Phase.Train];
        string energy = counters.Energy is { } reading ? $", {reading.Total}" : "";
        string kind = _device.Info.Kind == DeviceKind.Emulation ? "emulated" : "device";
        return $"epoch {progress.Epoch}/{epochs}: training accuracy {Figures.Percent(progress.Accuracy)}, "
            + $"{Figures.Whole(progress.Connections)} connections, {counters.Elapsed} {kind}{energy}";
    }

    private sealed class Lines(Terminal terminal, IDevice device, int epochs) : ProgressView(device)
    {
        public override void Update(TrainingProgress progress)
        {
        }

        public override void EpochDone(TrainingProgress progress, EpochResult result)
        {
            string validation = result.Validation is { } share ? $", validation {Figures.Percent(share)}" : "";
            terminal.Talk(Describe(progress, epochs) + validation);
        }
    }

    private sealed class Bar : ProgressView
    {
        private readonly ProgressTask _task;
        private readonly int _epochs;

        public Bar(ProgressContext context, IDevice device, int epochs) : base(device)
        {
            _epochs = epochs;
            _task = context.AddTask("starting", maxValue: epochs);
        }

        public override void Update(TrainingProgress progress)
        {
            _task.Value = progress.Epoch - 1 + ((double)progress.Samples / progress.SamplesPerEpoch);
            _task.Description = Markup.Escape(Describe(progress, _epochs));
        }

        public override void EpochDone(TrainingProgress progress, EpochResult result) => Update(progress);
    }
}
