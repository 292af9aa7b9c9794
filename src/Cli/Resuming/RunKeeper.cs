using System.Buffers;
using Microsoft.Extensions.Configuration;
using NeuroHal.Checkpoints;
using NeuroHal.Cli.NonFinite;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Training;
using NeuroHal.Results;

namespace NeuroHal.Cli.Resuming;

/// <summary>
/// Saves a run as it goes: when a checkpoint is due, at its end, and when it is interrupted. What reading the state takes on the
/// device is taken back, so that figures are those of a run that nobody saved.
/// </summary>
internal sealed class RunKeeper
{
    private readonly RunFolder _folder;
    private readonly RunSettings _settings;
    private readonly LoadedDataset _data;
    private readonly IDevice _device;
    private readonly Trainer _trainer;
    private readonly RunProgress _progress;
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellation;
    private readonly long _interval;
    private readonly ArrayBufferWriter<byte> _run = new();
    private long _next;
    private string? _lastGood;
    private bool _wrote;

    public RunKeeper(
        RunFolder folder, RunSettings settings, LoadedDataset data, IDevice device, Trainer trainer, RunProgress progress, Terminal terminal, CancellationToken cancellation)
    {
        (_folder, _settings, _data, _device, _trainer, _progress, _terminal, _cancellation) =
            (folder, settings, data, device, trainer, progress, terminal, cancellation);
        double samples = Math.Round(settings.Checkpoints.Every * data.Train.Count);
        _interval = settings.Checkpoints.Every == 0 ? long.MaxValue : Math.Max(1, (long)samples);
        _lastGood = folder.Resumed?.Run.Position;
        SetNext();
        trainer.BetweenSteps = BetweenSteps;
    }

    /// <summary>Reads back the last state that was saved, or resumed from; null for none.</summary>
    /// <exception cref="BadDataException">It was saved, but is damaged since.</exception>
    public Checkpoint? ReadLast() => _wrote ? _folder.Checkpoints!.ReadNewest(c => c, _terminal.Talk) : _folder.Resumed?.State;

    private long SamplesDone => ((long)_trainer.EpochsDone * _data.Train.Count) + _trainer.SamplesDone;

    /// <summary>At the end of an epoch, which is in the progress already.</summary>
    public void AfterEpoch()
    {
        bool last = _trainer.EpochsDone == _settings.Training.Epochs;
        SaveIf(SamplesDone >= _next || last);
    }

    private void BetweenSteps() => SaveIf(SamplesDone >= _next && _trainer.StepDone is null); // a timeline of a few steps is best left alone

    private void SaveIf(bool due)
    {
        if (due || _cancellation.IsCancellationRequested)
        {
            Save();
            SetNext();
        }
        if (_cancellation.IsCancellationRequested)
        {
            throw Interrupted();
        }
    }

    private void SetNext() => _next = _interval == long.MaxValue ? long.MaxValue : ((SamplesDone / _interval) + 1) * _interval;

    private void Save()
    {
        if (_folder.Checkpoints is not { } checkpoints)
        {
            return;
        }
        ReadOnlyMemory<byte> device = _device.SaveState();
        TrainingState training = _trainer.SaveState();
        _device.RestoreState(device);
        if (!training.IsFinite && InjectedFaults.Of(_device) is null) // what one flipped bit did, rewiring may mend
        {
            throw _trainer.SamplesDone > 0
                ? new NonFiniteException(_trainer.EpochsDone + 1, _trainer.SamplesDone)
                : new NonFiniteException(_trainer.EpochsDone, _data.Train.Count);
        }
        SavedRun run = Describe();
        _run.ResetWrittenCount();
        run.Write(_run);
        try
        {
            checkpoints.Write(new Checkpoint(_run.WrittenMemory, training.Bytes, device));
            (_lastGood, _wrote) = (run.Position, true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string what = $"The checkpoint at {run.Position} could not be written to '{checkpoints.Folder}' ({e.Message}); "
                + (_lastGood is null ? "there is no earlier one." : $"the one at {_lastGood} is kept.");
            if (_settings.Checkpoints.OnFailure == CheckpointFailure.Stop)
            {
                string then = _lastGood is null ? "start anew" : $"go on with 'neurohal train --resume {_folder.Output}'";
                throw new IOException($"{what} Mend that and {then}, or train on without, by --on-checkpoint-failure continue.", e);
            }
            _terminal.Talk($"{what} Training goes on.");
        }
    }

    /// <summary>What to say of an interruption at this moment.</summary>
    public OperationCanceledException Interrupted()
    {
        string position = SavedRun.PositionOf(_trainer.EpochsDone, _trainer.SamplesDone, _data.Train.Count);
        return _folder.Checkpoints is null
            ? new OperationCanceledException(_cancellation)
            : new RunInterruptedException(_lastGood is null
                ? $"Interrupted at {position}, and nothing could be saved."
                : $"Interrupted at {position}, {(_lastGood == position ? "and saved" : $"saved up to {_lastGood}")}. "
                    + $"Go on with: neurohal train --resume {_folder.Output}");
    }

    private SavedRun Describe() => new()
    {
        Program = ProductVersion.Version,
        Backend = _device.Info.Backend,
        Lanes = _trainer.Plan.Lanes,
        Sample = _trainer.SamplesDone,
        SamplesPerEpoch = _data.Train.Count,
        Configuration = _settings.Configuration.AsEnumerable()
            .Where(s => s.Value is not null && ConfigurationKeys.IsOfTheRun(s.Key))
            .ToDictionary(s => s.Key, s => s.Value!),
        Identity = SettingsIdentity.Of(_settings with { Training = _settings.Training with { Lanes = _trainer.Plan.Lanes } }, _data),
        Epochs = _progress.Epochs,
        WallSeconds = _progress.WallSeconds,
        CountersSince = _progress.CountersSince,
    };
}
