using System.Globalization;

namespace NeuroHal.Calibration.Machine;

/// <summary>Decodes lines of objdump's disassembly.</summary>
internal static class InstructionDecoder
{
    /// <summary>Decodes one instruction.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="text">Name and operands as objdump prints them, with or without a comment.</param>
    /// <exception cref="BadDataException">It is not an instruction that is known here; the message names it.</exception>
    public static Instruction Decode(uint address, int size, string text)
    {
        string[] parts = text.Split('@', ';')[0].Split('<')[0].Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        string printed = parts[0];
        if (Mnemonic.Parse(printed) is not { } mnemonic)
        {
            throw new BadDataException(string.Create(
                CultureInfo.InvariantCulture, $"The instruction '{text.Trim()}' at 0x{address:x} is not known; decode it before it is counted."));
        }
        var operands = Operands.Parse(parts.Length > 1 ? parts[1] : "");
        var basis = new Instruction
        {
            Address = address,
            Size = size,
            Text = text.Trim(),
            Kind = mnemonic.Kind,
            IsConditional = mnemonic.IsConditional,
            IsIfThen = mnemonic.Name == "it",
        };
        return mnemonic.Kind switch
        {
            InstructionKind.Load or InstructionKind.Store => Single(basis, mnemonic.Name, operands),
            InstructionKind.LoadMultiple or InstructionKind.StoreMultiple => Multiple(basis, mnemonic.Name, operands),
            InstructionKind.Branch => basis with { Reads = operands.All, WritesProgramCounter = true },
            InstructionKind.TableBranch => basis with
            {
                Reads = operands.All,
                AddressReads = operands.Address - RegisterSet.ProgramCounter,
                WritesProgramCounter = true,
            },
            InstructionKind.DataProcessing or InstructionKind.Divide => DataProcessing(basis, mnemonic.Name, operands),
            _ => Float(basis, mnemonic.Name, parts.Length > 1 ? parts[1] : "", operands),
        };
    }

    private static Instruction DataProcessing(Instruction basis, string name, Operands operands)
    {
        int written = name switch
        {
            "cmp" or "cmn" or "tst" or "teq" or "nop" or "it" => 0,
            "smull" or "umull" or "smlal" or "umlal" or "umaal" or "smlald" or "smlaldx" or "smlsld" or "smlsldx"
                or "smlalbb" or "smlalbt" or "smlaltb" or "smlaltt" => 2,
            _ => 1,
        };
        RegisterSet writes = Union(operands.Registers.Take(written));
        bool branches = writes.Overlaps(RegisterSet.ProgramCounter);
        return basis with
        {
            Kind = branches ? InstructionKind.Branch : basis.Kind,
            WritesProgramCounter = branches,
            // With two operands the destination is the first source as well, save for moves; that is no harm to assume.
            Reads = Union(operands.Registers.Skip(operands.Registers.Count > written + 1 ? written : 0)),
            Writes = writes,
        };
    }

    private static Instruction Single(Instruction basis, string name, Operands operands)
    {
        bool isFloat = name[0] == 'v';
        RegisterSet data = operands.Registers[0];
        bool isLoad = basis.Kind == InstructionKind.Load;
        // A double, by its register: two words.
        bool isDouble = isFloat && data.Count == 2;
        RegisterSet back = operands.WritesBack ? operands.Address : default;
        return basis with
        {
            Kind = !isDouble ? basis.Kind : isLoad ? InstructionKind.LoadMultiple : InstructionKind.StoreMultiple,
            Words = isDouble ? 2 : 1,
            Addressing = operands.Addressing,
            IsFloatMemory = isFloat,
            WritesProgramCounter = isLoad && data.Overlaps(RegisterSet.ProgramCounter),
            Reads = operands.Address | (isLoad ? default : data),
            AddressReads = operands.Address - RegisterSet.ProgramCounter,
            Writes = isLoad ? data | back : back,
            LoadedInto = isLoad ? data : default,
        };
    }

    private static Instruction Multiple(Instruction basis, string name, Operands operands)
    {
        bool isLoad = basis.Kind == InstructionKind.LoadMultiple;
        bool isPair = name is "ldrd" or "strd";
        RegisterSet data = isPair ? Union(operands.Registers.Take(2)) : operands.List;
        RegisterSet address = isPair ? operands.Address
            : name is "push" or "pop" or "vpush" or "vpop" ? RegisterSet.StackPointer
            : operands.Registers[0];
        return basis with
        {
            // LDRD of one register twice is not to be had, so the set's size is the number of words.
            Words = data.Count,
            Addressing = isPair ? operands.Addressing : Addressing.Immediate,
            IsFloatMemory = name[0] == 'v',
            WritesProgramCounter = isLoad && data.Overlaps(RegisterSet.ProgramCounter),
            Reads = address | (isLoad ? default : data),
            AddressReads = address - RegisterSet.ProgramCounter,
            Writes = isLoad ? data : default,
            LoadedInto = isLoad ? data : default,
        };
    }

    private static Instruction Float(Instruction basis, string name, string text, Operands operands)
    {
        IReadOnlyList<RegisterSet> registers = operands.Registers;
        switch (basis.Kind)
        {
            case InstructionKind.FloatCompare:
                return basis with { Reads = operands.All };
            case InstructionKind.FloatMultiplyAdd:
                return basis with { Reads = Union(registers.Skip(1)), Writes = registers[0] };
            case InstructionKind.FloatMove when name == "vmrs":
                return text.StartsWith("APSR", StringComparison.OrdinalIgnoreCase)
                    ? basis with { Kind = InstructionKind.FloatFlags }
                    : basis with { Writes = registers[0] };
            case InstructionKind.FloatMove when name == "vmsr":
                return basis with { Reads = operands.All };
            case InstructionKind.FloatMove when operands.All.CoreOnly.Count > 0:
                int core = operands.All.CoreOnly.Count;
                // Two core registers, or one: as many are written, all on one side.
                int written = registers[0].CoreOnly.Count == 1 ? core : registers.Count - core;
                return basis with
                {
                    TransferredRegisters = core,
                    Reads = Union(registers.Skip(written)),
                    Writes = Union(registers.Take(written)),
                };
            case InstructionKind.FloatAdd or InstructionKind.FloatMultiply or InstructionKind.FloatDivide when registers.Count == 2:
                return basis with { Reads = operands.All, Writes = registers[0] };
            default:
                // A conversion from and to fixed point names its one register twice.
                return basis with { Reads = Union(registers.Skip(1)), Writes = registers[0] };
        }
    }

    private static RegisterSet Union(IEnumerable<RegisterSet> sets) => sets.Aggregate(default(RegisterSet), (all, s) => all | s);
}
