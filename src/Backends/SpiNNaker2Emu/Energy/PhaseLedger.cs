namespace NeuroHal.SpiNNaker2Emu;

/// <summary>What the device as a whole did in one phase.</summary>
internal sealed class PhaseLedger
{
    public long Picoseconds { get; set; }

    public long ToDevice { get; set; }

    public long ToHost { get; set; }

    public void Save(List<long> words) => words.AddRange([Picoseconds, ToDevice, ToHost]);

    public void Restore(EmuState words) => (Picoseconds, ToDevice, ToHost) = (words.Next(), words.Next(), words.Next());
}
