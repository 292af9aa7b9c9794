namespace NeuroHal.Cli.NonFinite;

/// <summary>Training came to a number that is infinite or none.</summary>
/// <param name="epoch">The epoch, from 1.</param>
/// <param name="sample">The samples of it that had been trained on when it was noticed.</param>
internal sealed class NonFiniteException(int epoch, int sample) : Exception($"Not finite at sample {sample} of epoch {epoch}.")
{
    public int Epoch => epoch;

    public int Sample => sample;
}
