using System.Diagnostics;

namespace NeuroHal.Benchmarks.Epochs;

/// <summary>
/// Times contenders against each other: after a warm-up, every round lets each train for one epoch, so that what else the
/// machine does falls on all alike; ratios are taken within a round.
/// </summary>
internal static class Race
{
    public static IReadOnlyList<Timing> Run(IReadOnlyList<IContender> contenders, int warmUp, int rounds, Action<string> log)
    {
        var times = contenders.Select(_ => new double[rounds]).ToArray();
        var emulated = new double?[contenders.Count];
        for (int round = -warmUp; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                double? before = contenders[i].Emulated?.Seconds;
                long start = Stopwatch.GetTimestamp();
                contenders[i].TrainEpoch();
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round >= 0)
                {
                    times[i][round] = seconds;
                    emulated[i] = contenders[i].Emulated?.Seconds - before;
                }
            }
            log(round < 0 ? $"warm-up {round + warmUp + 1}/{warmUp}" : $"round {round + 1}/{rounds}");
        }
        return
        [
            .. contenders.Select((c, i) => new Timing(
                c.Name, new Spread(times[i]), new Spread([.. times[i].Select((t, round) => t / times[0][round])]), emulated[i])),
        ];
    }
}

/// <summary>What a contender took.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Seconds">Of an epoch.</param>
/// <param name="Ratio">To the first contender's, round by round.</param>
/// <param name="EmulatedSeconds">Chip time of an epoch, where it emulates one.</param>
internal sealed record Timing(string Name, Spread Seconds, Spread Ratio, double? EmulatedSeconds);

/// <summary>Median, least and most of some figures.</summary>
internal sealed class Spread(double[] values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public double Median => (_sorted[(_sorted.Length - 1) / 2] + _sorted[_sorted.Length / 2]) / 2;

    public double Least => _sorted[0];

    public double Most => _sorted[^1];
}
