using Microsoft.Extensions.Configuration;
using NeuroHal.Checkpoints;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.Results;

namespace NeuroHal.Cli.Resuming;

/// <summary>A run that is asked to go on, and has come to its end already: there is nothing to do, as often as that is asked.</summary>
/// <param name="Run">What it came to.</param>
/// <param name="Message">That it is complete, and where its result is.</param>
internal sealed record CompleteRun(RunRecord Run, string Message)
{
    /// <summary>Looks whether a run is to be resumed in its own folder that is complete.</summary>
    /// <returns>Null where there is something to do.</returns>
    /// <exception cref="BadArgumentException">It is complete, and other settings are given than it had; the message names the first that differs.</exception>
    public static async Task<CompleteRun?> FindAsync(IConfiguration given, Terminal terminal, CancellationToken cancellation)
    {
        var read = new SettingReader(given);
        string? resume = read.Text(ConfigurationKeys.Resume);
        string? output = read.Text(ConfigurationKeys.Output);
        if (resume is null || (output is not null && Path.GetFullPath(output) != Path.GetFullPath(resume)))
        {
            return null;
        }
        string file = Path.Combine(resume, RunFiles.Result);
        if (!File.Exists(file) || RunDirectory.Read(resume) is not [(_, var run)])
        {
            return null;
        }
        int done = run.Training.Epochs;
        int wanted = read.Count(ConfigurationKeys.Epochs) ?? done;
        if (wanted != done)
        {
            throw new BadArgumentException($"{ConfigurationKeys.Epochs} is {wanted}, but the run in '{resume}' is complete with {done}. "
                + (wanted > done ? $"To train on from its end, name another folder for that: --resume {resume} --epochs {wanted} --output NEW." : "Leave --epochs out, or start a new run."));
        }
        await RequireSameAsync(given, resume, terminal, cancellation);
        return new CompleteRun(run, $"The run in '{resume}' is complete, with {done} epoch(s) and a test accuracy of {Figures.Percent(run.Accuracy.Test)}"
            + $"{(run.NonFinite is null ? "" : "; its training has diverged")}. Its result: {file}");
    }

    /// <summary>Makes sure that what else is given is what the run had.</summary>
    private static async Task RequireSameAsync(IConfiguration given, string resume, Terminal terminal, CancellationToken cancellation)
    {
        string checkpoints = Path.Combine(resume, RunFiles.Checkpoints);
        bool hasMore = given.AsEnumerable().Any(s => s.Value is not null && s.Key != ConfigurationKeys.Epochs
            && ConfigurationKeys.IsSetting(s.Key) && ConfigurationKeys.IsOfTheRun(s.Key));
        if (hasMore && Directory.Exists(checkpoints) && new CheckpointFolder(checkpoints).ReadNewest(c => SavedRun.Read(c.Run), terminal.Talk) is { } saved)
        {
            RunSettings settings = RunSettings.Read(saved.Below(given));
            SettingsIdentity.Require(saved, settings, await LoadedDataset.LoadAsync(settings.Dataset, terminal, cancellation));
        }
    }
}
