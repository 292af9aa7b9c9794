namespace NeuroHal.Calibration.Machine;

/// <summary>
/// What an executed instruction adds to each class, given the one before it and whether it branched, so that counts times
/// prices are the cycles of ARM's Cortex-M4 Technical Reference Manual (DDI 0439D) without wait states.
/// </summary>
internal sealed class Timing(TimingRules rules)
{
    // What section 7.2.3's note lists: "add, subtract, multiply, divide, square-root, all forms of multiply with accumulate,
    // in addition to conversions of all types". Moves, sign changes and comparisons are not among it.
    private static bool IsFloatArithmetic(Instruction i) => i.Kind
        is InstructionKind.FloatAdd or InstructionKind.FloatMultiply or InstructionKind.FloatMultiplyAdd
        or InstructionKind.FloatDivide or InstructionKind.FloatSquareRoot or InstructionKind.FloatConvert;

    /// <summary>Counts one instruction.</summary>
    /// <param name="previous">The one executed directly before; null for the first.</param>
    /// <param name="current">The instruction.</param>
    /// <param name="taken">Whether the next one executed is not the one behind it.</param>
    /// <param name="counts">Where to add to, by <see cref="OperationClass"/>.</param>
    public void Count(Instruction? previous, Instruction current, bool taken, Span<long> counts)
    {
        switch (current.Kind)
        {
            case InstructionKind.DataProcessing:
                bool folded = rules.IfThenFolds && current.IsIfThen && previous is { Size: 2 };
                counts[(int)OperationClass.IntegerAlu] += folded ? 0 : 1;
                break;
            case InstructionKind.Divide:
                // Table 3-1: 2 to 12, by the operands, which a trace of addresses does not tell.
                counts[(int)OperationClass.IntegerDivide]++;
                break;
            case InstructionKind.Branch:
                // BX LR and the like in an IT block have a condition in their name, so what has none always branches.
                counts[(int)(taken || !current.IsConditional ? OperationClass.BranchTaken : OperationClass.BranchNotTaken)]++;
                break;
            case InstructionKind.TableBranch:
                // Section 3.3.2: two cycles for the load, one for the add, and the pipeline's reload; 3 + P, with 1 + P the branch.
                counts[(int)OperationClass.PipelinedLoad]++;
                counts[(int)OperationClass.Stall]++;
                counts[(int)OperationClass.BranchTaken]++;
                break;
            case InstructionKind.Load:
                CountLoad(previous, current, counts);
                break;
            case InstructionKind.Store:
                CountStore(previous, current, counts);
                break;
            case InstructionKind.LoadMultiple:
                CountLoads(current, counts);
                break;
            case InstructionKind.StoreMultiple:
                // Tables 3-1 and 7-1: 1 + N.
                counts[(int)OperationClass.Store] += current.Words;
                counts[(int)OperationClass.Stall]++;
                break;
            default:
                CountFloat(current, counts);
                break;
        }
        counts[(int)OperationClass.Stall] += WaitsForAddress(previous, current) || WaitsForFloat(previous, current) ? 1 : 0;
    }

    /// <summary>Table 3-1: LDR 2. Section 3.3.2: one less directly after a load whose result is not in its address.</summary>
    private void CountLoad(Instruction? previous, Instruction current, Span<long> counts)
    {
        if (current.WritesProgramCounter)
        {
            // Table 3-1: 2 + P, with 1 + P the branch's. "LDR PC,[any] is always a blocking operation."
            counts[(int)OperationClass.PipelinedLoad]++;
            counts[(int)OperationClass.BranchTaken]++;
            return;
        }
        counts[(int)(Pairs(previous, current) ? OperationClass.PipelinedLoad : OperationClass.Load)]++;
    }

    /// <summary>
    /// Section 3.3.2: "STR Rx,[Ry,#imm] is always one cycle"; with a register as offset table 3-1's 2, one less after a load.
    /// Table 7-1: VSTR.32 2.
    /// </summary>
    private void CountStore(Instruction? previous, Instruction current, Span<long> counts)
    {
        counts[(int)OperationClass.Store]++;
        bool single = (!current.IsFloatMemory || rules.FloatLoadsPair)
            && (current.Addressing != Addressing.Register || Pairs(previous, current));
        counts[(int)OperationClass.Stall] += single ? 0 : 1;
    }

    /// <summary>
    /// Tables 3-1 and 7-1: 1 + N, and P more with the program counter: "all elements after the first are pipelined together",
    /// and not with their neighbours. 1 + P being the branch's, a return has one cycle less in its first word.
    /// </summary>
    private static void CountLoads(Instruction current, Span<long> counts)
    {
        int first = current.WritesProgramCounter ? 0 : 1;
        counts[(int)OperationClass.Load] += first;
        counts[(int)OperationClass.PipelinedLoad] += current.Words - first;
        counts[(int)OperationClass.BranchTaken] += 1 - first;
    }

    private void CountFloat(Instruction current, Span<long> counts)
    {
        switch (current.Kind)
        {
            case InstructionKind.FloatFlags:
                // Its cycle is the second one of the comparison's class.
                return;
            case InstructionKind.FloatMove:
                // Table 7-1: 1, between the register files 2 for one register and for two.
                int registers = current.TransferredRegisters;
                int cycles = registers == 0 ? 1 : rules.TransfersTakeOneCycle ? registers : 2;
                int moved = Math.Max(1, registers);
                counts[(int)OperationClass.FloatConvert] += moved;
                counts[(int)OperationClass.Stall] += cycles - moved;
                return;
            default:
                counts[(int)ClassOf(current.Kind)]++;
                return;
        }
    }

    private static OperationClass ClassOf(InstructionKind kind) => kind switch
    {
        InstructionKind.FloatAdd => OperationClass.FloatAdd,
        InstructionKind.FloatMultiply => OperationClass.FloatMultiply,
        InstructionKind.FloatMultiplyAdd => OperationClass.FloatMultiplyAdd,
        InstructionKind.FloatCompare => OperationClass.FloatCompare,
        InstructionKind.FloatConvert => OperationClass.FloatConvert,
        InstructionKind.FloatDivide => OperationClass.FloatDivide,
        InstructionKind.FloatSquareRoot => OperationClass.FloatSquareRoot,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// Section 3.3.2: "if the next instruction is an LDR or STR, and the destination of the first LDR is not used to compute
    /// the address for the next instruction, then one cycle is removed from the cost of the next instruction". The base
    /// that a load writes back is not its destination.
    /// </summary>
    private bool Pairs(Instruction? previous, Instruction current) =>
        rules.LoadsPair
        && previous is { Kind: InstructionKind.Load, WritesProgramCounter: false }
        && (rules.FloatLoadsPair || !previous.IsFloatMemory && !current.IsFloatMemory)
        && !previous.LoadedInto.Overlaps(current.AddressReads);

    /// <summary>
    /// Section 3.3.2: "Any load or store that generates an address dependent on the result of a preceding data processing
    /// operation stalls the pipeline for an additional cycle". Read as the one directly before, of whichever unit.
    /// </summary>
    private static bool WaitsForAddress(Instruction? previous, Instruction current) =>
        previous is not null
        && previous.Kind is not (InstructionKind.Load or InstructionKind.Store or InstructionKind.LoadMultiple or InstructionKind.StoreMultiple)
        && previous.Writes.Overlaps(current.AddressReads);

    /// <summary>
    /// Section 7.2.3: arithmetic takes "one cycle longer if their result is consumed by the following instruction"; a
    /// multiply with accumulate consumes its addend one cycle later, so that does not wait.
    /// </summary>
    private static bool WaitsForFloat(Instruction? previous, Instruction current) =>
        previous is not null
        && IsFloatArithmetic(previous)
        && previous.Writes.Overlaps(current.Reads.FloatOnly);
}
