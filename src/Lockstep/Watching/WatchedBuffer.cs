using NeuroHal.Lockstep.Elements;

namespace NeuroHal.Lockstep.Watching;

/// <summary>A buffer in a core's SRAM, seen as bytes.</summary>
/// <param name="Ordinal">Its number among the core's allocations, released ones counted, from 0.</param>
/// <param name="Name">The name it was allocated under.</param>
/// <param name="Layout">What its elements are.</param>
/// <param name="Length">Its elements.</param>
/// <param name="Bytes">The handle to its bytes.</param>
public sealed record WatchedBuffer(int Ordinal, string Name, ElementLayout Layout, int Length, SramBuffer<byte> Bytes);
