namespace NeuroHal.Cli.Settings;

/// <summary>Whether and where to record what a device does.</summary>
internal sealed record RecordSettings
{
    private const long DefaultMegabytes = 1000;
    private const long MostMegabytes = 1_000_000;

    /// <summary>The file; null for no recording.</summary>
    public required string? File { get; init; }

    /// <summary>The most a recording may take; what goes beyond is left out.</summary>
    public required Bytes Limit { get; init; }

    /// <exception cref="BadArgumentException">A setting is not legal, or asks for figures of a run that is recorded.</exception>
    public static RecordSettings Read(SettingReader read)
    {
        string? file = read.Text(ConfigurationKeys.Record);
        long megabytes = read.Number(ConfigurationKeys.RecordLimit, DefaultMegabytes);
        if (megabytes is < 1 or > MostMegabytes)
        {
            throw new BadArgumentException($"{ConfigurationKeys.RecordLimit} is {megabytes}; it must be 1 to {MostMegabytes}.");
        }
        if (file is not null
            && (read.Text(ConfigurationKeys.Output) is not null || read.Text(ConfigurationKeys.Trace) is not null || read.Flag(ConfigurationKeys.Profile)))
        {
            throw new BadArgumentException(
                "--record is given with --output, --profile or --trace, but looking on changes time and energy; measure in a run of its own.");
        }
        return new RecordSettings { File = file, Limit = new Bytes(megabytes * 1_000_000) };
    }
}
