using System.Globalization;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR;

namespace NeuroHal.Cli.NonFinite;

/// <summary>
/// What to say of a training that diverged. Why it did is not known; what is known is which of the settings that make numbers grow are
/// above those of the preset, with which training stays finite.
/// </summary>
internal static class DivergenceAdvice
{
    private static readonly (string Key, Func<TrainingOptions, double> Of)[] _growing =
    [
        (ConfigurationKeys.Noise, t => t.Noise),
        (ConfigurationKeys.L1, t => t.L1),
        (ConfigurationKeys.InitialScale, t => t.InitialScale),
        (ConfigurationKeys.Momentum, t => t.Momentum),
        (ConfigurationKeys.LearningRate, t => t.LearningRate),
    ];

    /// <summary>One line; null where the run did not diverge.</summary>
    public static string? Of(RunResult run) =>
        run.NonFinite is { } where ? $"Training has diverged {where.Description}. {Of(run.Training, run.Preset)}" : null;

    /// <summary>What to change.</summary>
    /// <param name="training">The settings that it diverged with.</param>
    /// <param name="preset">The preset that they began with.</param>
    public static string Of(TrainingOptions training, string preset)
    {
        TrainingOptions usual = Presets.Get(preset);
        string[] raised = [.. _growing.Where(s => s.Of(training) > s.Of(usual)).Select(s => $"{s.Key}, {Text(s.Of(training))} where the preset {preset} has {Text(s.Of(usual))}")];
        return raised.Length > 0
            ? $"Lower {string.Join("; ", raised)}."
            : $"Lower the learning rate, for instance by --set {ConfigurationKeys.LearningRate}={Text(training.LearningRate / 10)}.";
    }

    // As they were written: the settings are kept as single precision.
    private static string Text(double value) => ((float)value).ToString(CultureInfo.InvariantCulture);
}
