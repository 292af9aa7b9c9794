namespace NeuroHal.Calibration.Machine;

/// <summary>The classes of <see cref="WorkCounts"/>, by the names of its members.</summary>
internal enum OperationClass
{
    IntegerAlu,
    IntegerDivide,
    Load,

    /// <summary>A load that is one cycle shorter because of the instruction before it, or a further word of one instruction.</summary>
    PipelinedLoad,
    Store,
    BranchTaken,
    BranchNotTaken,
    FloatAdd,
    FloatMultiply,
    FloatMultiplyAdd,

    /// <summary>With the transfer of the flags that follows.</summary>
    FloatCompare,
    FloatConvert,
    FloatDivide,
    FloatSquareRoot,
    Exponential,
    RandomWord,

    /// <summary>A cycle in which an instruction waits: for its address, for an operand, for the bus.</summary>
    Stall,
}
