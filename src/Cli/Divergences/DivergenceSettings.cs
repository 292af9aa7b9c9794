using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Settings;

namespace NeuroHal.Cli.Divergences;

/// <summary>How to look for where two backends part.</summary>
internal sealed record DivergenceSettings
{
    /// <summary>How many floating-point numbers two may be apart and pass as the same.</summary>
    public required ulong Ulps { get; init; }

    /// <summary>The recording to compare with; null to run both.</summary>
    public required string? Replay { get; init; }

    /// <summary>What was asked for; null where nobody asked.</summary>
    /// <exception cref="BadArgumentException">An option is given that means nothing without the others, or contradicts them.</exception>
    public static DivergenceSettings? Read(IConfiguration configuration)
    {
        var read = new SettingReader(configuration);
        string? replay = read.Text(ConfigurationKeys.Replay);
        string? record = read.Text(ConfigurationKeys.Record);
        ulong? ulps = read.Number<ulong>(ConfigurationKeys.Ulps);
        if (!read.Flag(ConfigurationKeys.FindDivergence) && replay is null)
        {
            return (ulps, record) switch
            {
                ({ }, _) => throw new BadArgumentException("--ulps is given without --find-divergence or --replay; weights are compared bit by bit."),
                (_, { }) => throw new BadArgumentException("--record is given without --find-divergence; to record one backend, use train."),
                _ => null,
            };
        }
        if (replay is not null && record is not null)
        {
            throw new BadArgumentException("--record and --replay are given together; the recording that is replayed is one already.");
        }
        if (read.Text(ConfigurationKeys.Output) is not null || read.Text(ConfigurationKeys.Trace) is not null || read.Flag(ConfigurationKeys.Profile))
        {
            throw new BadArgumentException(
                "--output, --profile or --trace is given, but a search for a divergence has no figures to put there; leave it out.");
        }
        return new DivergenceSettings { Ulps = ulps ?? 0, Replay = replay };
    }
}
