using NeuroHal.Lockstep.Elements;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Lockstep.Recording;

/// <summary>What a device did in one superstep.</summary>
/// <param name="Name">The superstep's name.</param>
/// <param name="Cores">For each core, by its id, what it did, in order.</param>
public sealed record SuperstepRecord(string Name, IReadOnlyList<IReadOnlyList<CoreEvent>> Cores);

/// <summary>Something that happened on a core.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Name">The name of the kernel or of the buffer; empty for all else.</param>
/// <param name="Shape">What was allocated; null for all but allocations.</param>
/// <param name="Changes">What SRAM holds that it did not hold after the event before.</param>
public sealed record CoreEvent(EventKind Kind, string Name, BufferShape? Shape, IReadOnlyList<BufferChange> Changes);

/// <summary>What a buffer is.</summary>
/// <param name="Layout">What its elements are.</param>
/// <param name="Length">Its elements.</param>
public sealed record BufferShape(ElementLayout Layout, int Length);

/// <summary>New content of a stretch of a buffer.</summary>
/// <param name="Buffer">The buffer, by its number among the core's allocations.</param>
/// <param name="Start">The first byte of the stretch.</param>
/// <param name="Content">What it holds now.</param>
public sealed record BufferChange(int Buffer, int Start, byte[] Content);
