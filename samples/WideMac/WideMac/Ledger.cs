using NeuroHal;

namespace WideMac;

/// <summary>What is counted, of a core or of the device as a whole.</summary>
internal enum Count
{
    KernelCalls,
    Busy,
    Waiting,
    Operations,
    ArrayCycles,
    Macs,
    ArrayBytes,
    Loaded,
    Stored,
    Sent,
    Elapsed,
    ToDevice,
    ToHost,
}

/// <summary>All counts as whole numbers, by phase and core; the row behind the last core is the device's own.</summary>
internal sealed class Ledger(int cores)
{
    private static readonly int _kinds = Enum.GetValues<Count>().Length;
    private static readonly int _phases = Enum.GetValues<Phase>().Length;

    private readonly long[] _words = new long[_phases * (cores + 1) * _kinds];

    public Phase Phase { get; set; }

    public int Device => cores;

    private string Owner => $"WideMac 1 with {cores} core(s)";

    /// <summary>A count of the present phase. A core is on one thread at a time, so plain numbers will do.</summary>
    public ref long this[int row, Count count] => ref _words[Place(Phase, row, count)];

    public long Read(Phase phase, int row, Count count) => _words[Place(phase, row, count)];

    public byte[] Save() => StateBlob.Pack(Owner, _words);

    public void Restore(ReadOnlyMemory<byte> state) => StateBlob.Unpack(Owner, state).CopyTo(_words, 0);

    private int Place(Phase phase, int row, Count count) => ((((int)phase * (cores + 1)) + row) * _kinds) + (int)count;
}
