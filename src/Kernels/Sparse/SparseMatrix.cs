namespace NeuroHal.Kernels;

/// <summary>
/// A sparse layer in SRAM: a list of connections sorted by output, then input, each with two 16-bit indices, a 32-bit
/// amplitude theta and one bit of sign. A connection's weight is its sign times theta.
/// </summary>
/// <remarks>
/// Sorted entries give each output's sum in one run, and make the list itself the map of taken positions: whether a
/// position is free is a binary search, for which no further memory is needed.
/// </remarks>
public readonly record struct SparseMatrix
{
    /// <summary>The neurons it reads, at most 65,536.</summary>
    public required int Inputs { get; init; }

    /// <summary>The neurons it feeds, at most 65,536; inputs times outputs stays below 2^31.</summary>
    public required int Outputs { get; init; }

    /// <summary>The output of each connection.</summary>
    public required SramBuffer<ushort> Rows { get; init; }

    /// <summary>The input of each connection.</summary>
    public required SramBuffer<ushort> Columns { get; init; }

    /// <summary>The amplitude of each connection.</summary>
    public required SramBuffer<float> Theta { get; init; }

    /// <summary>The signs, 32 to a word, lowest bit first; a set bit is a negative sign.</summary>
    public required SramBuffer<uint> Signs { get; init; }

    /// <summary>How many connections there are.</summary>
    public required SramBuffer<ConnectionCount> Count { get; init; }

    /// <summary>The momentum of each connection; left out where training uses none.</summary>
    public SramBuffer<float> Velocity { get; init; }

    /// <summary>The gradient summed so far for each connection; left out where it need not be stored.</summary>
    public SramBuffer<float> Gradient { get; init; }

    /// <summary>The most connections there is room for.</summary>
    public int Capacity => Rows.Length;

    /// <summary>The words that hold <paramref name="connections"/> signs.</summary>
    public static int SignWords(int connections) => (connections + 31) / 32;

    internal SparseSpans Open(SramView sram) => new(this, sram);
}

/// <summary>The number of connections of a layer, now and at its highest.</summary>
/// <param name="Now">Connections present now.</param>
/// <param name="Peak">The most there ever were.</param>
public readonly record struct ConnectionCount(int Now, int Peak);
