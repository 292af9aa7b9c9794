namespace NeuroHal.Checkpoints;

/// <summary>The whole state of a run at one moment, in three parts, none of which knows what is in the others.</summary>
/// <param name="Run">What was run and how far it is, in the words of the program that runs it.</param>
/// <param name="Algorithm">What the algorithm goes on from: its buffers, as it saved them.</param>
/// <param name="Device">The device's own state: clocks and counters, as <see cref="IDevice.SaveState"/> gave it.</param>
public sealed record Checkpoint(ReadOnlyMemory<byte> Run, ReadOnlyMemory<byte> Algorithm, ReadOnlyMemory<byte> Device);

/// <summary>A checkpoint is whole, but a later version of the program wrote it.</summary>
/// <param name="version">Its version.</param>
/// <param name="known">The latest version that can be read here.</param>
public sealed class NewerCheckpointException(int version, int known)
    : BadDataException($"The checkpoint has version {version} of the format, this program reads up to {known}; use the program that wrote it.")
{
    /// <summary>The file's version.</summary>
    public int Version => version;
}
