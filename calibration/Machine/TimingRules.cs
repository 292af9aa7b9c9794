namespace NeuroHal.Calibration.Machine;

/// <summary>
/// Where ARM's Cortex-M4 Technical Reference Manual (DDI 0439D) can be read in more than one way. The default is what it
/// says to the letter; each other reading is there to tell how much hangs on it.
/// </summary>
internal sealed record TimingRules
{
    public static readonly TimingRules Manual = new();

    /// <summary>
    /// Whether VLDR and VSTR pair up as LDR and STR do. Section 3.3.2 speaks of LDR and STR, and table 7-1 gives VLDR.32 and
    /// VSTR.32 as 2 without the note on pairing that table 3-1 has, so they do not by default.
    /// </summary>
    public bool FloatLoadsPair { get; init; }

    /// <summary>
    /// Whether a move between the register files takes one cycle for each register. Table 7-1 has 2 cycles for one and for
    /// two; others have measured 1 for one.
    /// </summary>
    public bool TransfersTakeOneCycle { get; init; }

    /// <summary>Whether loads pair up at all.</summary>
    public bool LoadsPair { get; init; } = true;

    /// <summary>Whether an IT after an instruction of two bytes takes no time, as note d of table 3-1 allows.</summary>
    public bool IfThenFolds { get; init; }

    /// <summary>The other readings, by name.</summary>
    public static IReadOnlyList<(string Name, TimingRules Rules)> Others =>
    [
        ("VLDR and VSTR pair up as LDR and STR", new TimingRules { FloatLoadsPair = true }),
        ("a move between register files takes 1 cycle", new TimingRules { TransfersTakeOneCycle = true }),
        ("loads never pair up", new TimingRules { LoadsPair = false }),
        ("IT folds onto an instruction of two bytes", new TimingRules { IfThenFolds = true }),
    ];
}
