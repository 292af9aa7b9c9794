using NeuroHal.DeepR.Training;
using NeuroHal.Results;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Reports;

/// <summary>How training goes: one line for each epoch, and on a terminal a table below them that changes in place.</summary>
internal abstract class ProgressView
{
    private readonly IDevice _device;
    private readonly Pace _pace;
    private double? _validation;

    private ProgressView(IDevice device, Pace pace) => (_device, _pace) = (device, pace);

    /// <summary>Runs training and shows how far it is.</summary>
    public static void Show(Terminal terminal, IDevice device, Pace pace, Action<ProgressView> train)
    {
        if (!terminal.IsLive)
        {
            train(new Lines(terminal, device, pace));
            return;
        }
        terminal.ShowLive(LiveTable.Starting(pace.Epochs), show => train(new InPlace(terminal, show, device, pace)));
    }

    /// <summary>Within an epoch.</summary>
    public abstract void Update(TrainingProgress progress);

    /// <summary>At the end of an epoch.</summary>
    public void EpochDone(TrainingProgress progress, EpochResult result)
    {
        _validation = result.Validation;
        ShowEpoch(progress);
    }

    /// <summary>Shows the end of an epoch.</summary>
    protected abstract void ShowEpoch(TrainingProgress progress);

    /// <summary>How training stands now.</summary>
    protected TrainingMoment At(TrainingProgress progress) => TrainingMoment.Of(_device, progress, _validation, _pace);

    private sealed class Lines(Terminal terminal, IDevice device, Pace pace) : ProgressView(device, pace)
    {
        public override void Update(TrainingProgress progress)
        {
        }

        protected override void ShowEpoch(TrainingProgress progress) => terminal.Talk(At(progress).ToLine());
    }

    private sealed class InPlace(Terminal terminal, Action<IRenderable> show, IDevice device, Pace pace) : ProgressView(device, pace)
    {
        public override void Update(TrainingProgress progress) => show(LiveTable.Of(At(progress)));

        protected override void ShowEpoch(TrainingProgress progress)
        {
            terminal.Talk(At(progress).ToLine()); // stays, above the table
            Update(progress);
        }
    }
}
