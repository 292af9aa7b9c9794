namespace NeuroHal.Cli.Reports;

/// <summary>How fast training goes on this host, and how long it will yet take.</summary>
/// <param name="time">The clock.</param>
/// <param name="epochs">The epochs there will be.</param>
/// <param name="before">The samples trained on before now, where a run is gone on with.</param>
internal sealed class Pace(TimeProvider time, int epochs, long before)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>The epochs there will be.</summary>
    public int Epochs => epochs;

    /// <summary>The mean rate so far and what is left by it.</summary>
    /// <param name="samples">The samples trained on so far, over all epochs.</param>
    /// <param name="samplesPerEpoch">The samples of an epoch.</param>
    /// <returns>Samples in a second of wall time, 0 at the start, and the time left, null at the start.</returns>
    public (double SamplesPerSecond, TimeSpan? Left) At(long samples, int samplesPerEpoch)
    {
        double seconds = time.GetElapsedTime(_start).TotalSeconds;
        double rate = seconds > 0 ? (samples - before) / seconds : 0;
        double left = ((double)epochs * samplesPerEpoch) - samples;
        return (rate, rate > 0 && left / rate < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(left / rate) : null);
    }
}
