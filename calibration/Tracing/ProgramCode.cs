using NeuroHal.Calibration.Machine;
using NeuroHal.Calibration.Toolchain;

namespace NeuroHal.Calibration.Tracing;

/// <summary>The instructions of the part of the firmware that runs on the chip, by address.</summary>
internal sealed class ProgramCode
{
    private const int Unit = 2;

    private readonly DisassembledLine?[] _lines;
    private readonly Instruction?[] _decoded;
    private readonly bool[] _readsRandom;
    private readonly uint _end;

    public ProgramCode(Firmware firmware)
    {
        Firmware = firmware;
        Start = firmware.Start;
        _end = firmware.End;
        Places = (int)((_end - Start) / Unit);
        _lines = new DisassembledLine?[Places];
        _decoded = new Instruction?[Places];
        _readsRandom = new bool[Places];
        foreach (DisassembledLine line in firmware.Lines)
        {
            _lines[PlaceOf(line.Address)] = line;
        }
        foreach (uint address in firmware.RandomReads.Where(Contains))
        {
            _readsRandom[PlaceOf(address)] = true;
        }
        Exponential = firmware.Find("exponential")?.Address ?? uint.MaxValue;
    }

    public Firmware Firmware { get; }

    public uint Start { get; }

    /// <summary>How many addresses an instruction can be at.</summary>
    public int Places { get; }

    /// <summary>Where the stand-in of the exponential accelerator starts.</summary>
    public uint Exponential { get; }

    public bool Contains(uint address) => address >= Start && address < _end;

    public int PlaceOf(uint address) => (int)((address - Start) / Unit);

    public uint AddressOf(int place) => Start + (uint)(place * Unit);

    public bool ReadsRandom(int place) => _readsRandom[place];

    /// <summary>The instruction at a place; decoded when it is first asked for, so that data between code is no trouble.</summary>
    public Instruction At(int place) => _decoded[place] ??= Decode(place);

    private Instruction Decode(int place)
    {
        DisassembledLine line = _lines[place]
            ?? throw new BadDataException($"The trace has an instruction at 0x{AddressOf(place):x}, the disassembly has none there.");
        // The width is in no field of its own; the next place that holds a line or the letter behind the name tells it.
        int size = place + 1 < Places && _lines[place + 1] is null && !line.Text.Split(' ')[0].EndsWith(".n", StringComparison.Ordinal) ? 4 : 2;
        return InstructionDecoder.Decode(line.Address, size, line.Text);
    }
}
