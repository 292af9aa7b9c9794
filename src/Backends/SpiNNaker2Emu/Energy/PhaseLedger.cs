namespace NeuroHal.SpiNNaker2Emu;

/// <summary>What the device as a whole did in one phase.</summary>
internal sealed class PhaseLedger
{
    public static int Words => 3;

    public long Picoseconds { get; set; }

    public long ToDevice { get; set; }

    public long ToHost { get; set; }

    public IEnumerable<long> ToWords() => [Picoseconds, ToDevice, ToHost];

    public void FromWords(ReadOnlySpan<long> words) => (Picoseconds, ToDevice, ToHost) = (words[0], words[1], words[2]);
}
