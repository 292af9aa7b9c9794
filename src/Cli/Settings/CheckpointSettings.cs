namespace NeuroHal.Cli.Settings;

/// <summary>Whether, where and how often to save a run.</summary>
internal sealed record CheckpointSettings
{
    private const double MostEpochs = 1_000_000;

    /// <summary>The epochs between checkpoints, also a fraction; 0 to save at the end and when interrupted only.</summary>
    public required double Every { get; init; }

    /// <summary>What becomes of training when a checkpoint cannot be written.</summary>
    public required CheckpointFailure OnFailure { get; init; }

    /// <summary>The folder of a run to go on with; null to start one.</summary>
    public required string? Resume { get; init; }

    /// <exception cref="BadArgumentException">A setting is not legal.</exception>
    public static CheckpointSettings Read(SettingReader read)
    {
        double every = read.Number(ConfigurationKeys.CheckpointEvery, 1.0);
        if (every is not (>= 0 and <= MostEpochs))
        {
            throw new BadArgumentException(
                Reports.Figures.Invariant($"{ConfigurationKeys.CheckpointEvery} is {every}; it must be 0 (at the end and when interrupted) to {MostEpochs} epochs, fractions allowed."));
        }
        return new CheckpointSettings
        {
            Every = every,
            OnFailure = read.Choice(ConfigurationKeys.CheckpointFailure, CheckpointFailure.Stop),
            Resume = read.Text(ConfigurationKeys.Resume),
        };
    }
}

/// <summary>What becomes of training when a checkpoint cannot be written.</summary>
internal enum CheckpointFailure
{
    /// <summary>It ends, so that the lack is noticed while little is lost.</summary>
    Stop,

    /// <summary>It goes on, and tries again when the next is due.</summary>
    Continue,
}
