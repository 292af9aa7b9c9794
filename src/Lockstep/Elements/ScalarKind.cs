namespace NeuroHal.Lockstep.Elements;

/// <summary>How bytes are to be read as a number.</summary>
public enum ScalarKind
{
    /// <summary>Not at all: bytes of an element whose fields are not known.</summary>
    Raw = 0,

    /// <summary>An unsigned byte.</summary>
    UInt8 = 1,

    /// <summary>A signed byte.</summary>
    Int8 = 2,

    /// <summary>An unsigned integer of 16 bits.</summary>
    UInt16 = 3,

    /// <summary>A signed integer of 16 bits.</summary>
    Int16 = 4,

    /// <summary>An unsigned integer of 32 bits.</summary>
    UInt32 = 5,

    /// <summary>A signed integer of 32 bits.</summary>
    Int32 = 6,

    /// <summary>An unsigned integer of 64 bits.</summary>
    UInt64 = 7,

    /// <summary>A signed integer of 64 bits.</summary>
    Int64 = 8,

    /// <summary>A floating-point number of 32 bits.</summary>
    Float32 = 9,

    /// <summary>A floating-point number of 64 bits.</summary>
    Float64 = 10,
}
