namespace NeuroHal.DeepR.Training;

/// <summary>What a core's program knows besides its buffers, the same on every core between two steps.</summary>
/// <param name="Fill">Which image buffer holds the samples at hand, or is filled next: 0 or 1.</param>
/// <param name="Present">The layer that is in SRAM where layers are kept outside, from 0; -1 for none.</param>
/// <param name="UntilRewiring">The samples until it rewires.</param>
/// <param name="Unfinished">Whether the first layer is yet to learn from the samples at hand.</param>
/// <param name="Sending">Whether parts of errors are on their way to other cores.</param>
internal readonly record struct ProgramPoint(int Fill, int Present, long UntilRewiring, bool Unfinished, bool Sending);
