namespace NeuroHal.Calibration.Machine;

/// <summary>What an instruction is, as far as its time depends on it.</summary>
internal enum InstructionKind
{
    DataProcessing,
    Divide,

    /// <summary>One load of up to 32 bits.</summary>
    Load,

    /// <summary>One store of up to 32 bits.</summary>
    Store,

    /// <summary>LDM, POP, LDRD, VLDM, VPOP, VLDR.64.</summary>
    LoadMultiple,

    /// <summary>STM, PUSH, STRD, VSTM, VPUSH, VSTR.64.</summary>
    StoreMultiple,

    /// <summary>Anything whose only effect is on the program counter.</summary>
    Branch,

    /// <summary>TBB, TBH.</summary>
    TableBranch,
    FloatAdd,
    FloatMultiply,
    FloatMultiplyAdd,
    FloatCompare,

    /// <summary>VMRS to the flags, the second half of a comparison.</summary>
    FloatFlags,

    /// <summary>VCVT.</summary>
    FloatConvert,

    /// <summary>VMOV, VNEG, VABS, and VMRS and VMSR as such.</summary>
    FloatMove,
    FloatDivide,
    FloatSquareRoot,
}

/// <summary>How a load or store makes its address.</summary>
internal enum Addressing
{
    None,

    /// <summary>A register and a constant, with or without write-back.</summary>
    Immediate,

    /// <summary>Two registers.</summary>
    Register,

    /// <summary>The program counter and a constant.</summary>
    Literal,
}

/// <summary>An instruction of the disassembly.</summary>
internal sealed record Instruction
{
    public required uint Address { get; init; }

    /// <summary>Bytes: 2 or 4.</summary>
    public required int Size { get; init; }

    /// <summary>As the disassembler prints it.</summary>
    public required string Text { get; init; }

    public required InstructionKind Kind { get; init; }

    /// <summary>The words that a load or store moves.</summary>
    public int Words { get; init; }

    public Addressing Addressing { get; init; }

    /// <summary>A load or store of the floating-point unit.</summary>
    public bool IsFloatMemory { get; init; }

    /// <summary>Whether the program counter is among what it writes, which makes a load a branch as well.</summary>
    public bool WritesProgramCounter { get; init; }

    /// <summary>A branch that may fall through.</summary>
    public bool IsConditional { get; init; }

    public bool IsIfThen { get; init; }

    /// <summary>A move between the register files, in registers moved; 0 for any other.</summary>
    public int TransferredRegisters { get; init; }

    /// <summary>
    /// Registers whose values it needs, the address's among them; not the addend of a multiply-add, which it needs one cycle
    /// later than its factors.
    /// </summary>
    public RegisterSet Reads { get; init; }

    /// <summary>Registers that its address is made of.</summary>
    public RegisterSet AddressReads { get; init; }

    public RegisterSet Writes { get; init; }

    /// <summary>What of <see cref="Writes"/> comes from memory; the rest is a base written back.</summary>
    public RegisterSet LoadedInto { get; init; }
}

/// <summary>A set of registers: r0 to r15 and s0 to s31.</summary>
internal readonly record struct RegisterSet(ulong Bits)
{
    private const int FirstFloat = 16;

    public static RegisterSet ProgramCounter => Core(15);

    public static RegisterSet StackPointer => Core(13);

    public int Count => System.Numerics.BitOperations.PopCount(Bits);

    public RegisterSet CoreOnly => new(Bits & 0xFFFF);

    public RegisterSet FloatOnly => new(Bits & ~0xFFFFUL);

    public static RegisterSet Core(int number) => new(1UL << number);

    public static RegisterSet Single(int number) => new(1UL << (FirstFloat + number));

    public static RegisterSet Double(int number) => new(3UL << (FirstFloat + (2 * number)));

    public static RegisterSet operator |(RegisterSet a, RegisterSet b) => new(a.Bits | b.Bits);

    public static RegisterSet operator -(RegisterSet a, RegisterSet b) => new(a.Bits & ~b.Bits);

    public bool Overlaps(RegisterSet other) => (Bits & other.Bits) != 0;
}
