namespace NeuroHal.Calibration.Machine;

/// <summary>An instruction's name, without width, condition and the letter for setting flags.</summary>
internal readonly record struct Mnemonic(string Name, InstructionKind Kind, bool IsConditional)
{
    private static readonly string[] _conditions =
        ["eq", "ne", "cs", "hs", "cc", "lo", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al"];

    private static readonly string[] _parallelPrefixes = ["s", "q", "sh", "u", "uq", "uh"];

    private static readonly Dictionary<string, InstructionKind> _kinds = Table(
        (InstructionKind.DataProcessing,
            "mov movw movt mvn add addw adc adr sub subw sbc rsb neg mul mla mls smull umull smlal umlal umaal ssat usat "
            + "ssat16 usat16 cmp cmn and eor orr orn bic tst teq lsl lsr asr ror rrx clz sxth sxtb uxth uxtb sxtab sxtah "
            + "uxtab uxtah sxtb16 uxtb16 sxtab16 uxtab16 ubfx sbfx bfc bfi rev rev16 revsh rbit nop sel usad8 usada8 pkhbt "
            + "pkhtb smmul smmulr smmla smmlar smmls smmlsr smulbb smulbt smultb smultt smulwb smulwt smlabb smlabt smlatb "
            + "smlatt smlawb smlawt smlad smladx smlsd smlsdx smuad smuadx smusd smusdx smlald smlaldx smlsld smlsldx smlalbb "
            + "smlalbt smlaltb smlaltt qadd qsub qdadd qdsub "
            + Parallel("add8 add16 sub8 sub16 asx sax")),
        (InstructionKind.Divide, "sdiv udiv"),
        (InstructionKind.Load, "ldr ldrb ldrh ldrsb ldrsh vldr"),
        (InstructionKind.Store, "str strb strh vstr"),
        (InstructionKind.LoadMultiple, "ldrd ldm ldmia ldmdb ldmfd pop vldm vldmia vldmdb vpop"),
        (InstructionKind.StoreMultiple, "strd stm stmia stmdb stmfd push vstm vstmia vstmdb vpush"),
        (InstructionKind.Branch, "b bl bx blx cbz cbnz"),
        (InstructionKind.TableBranch, "tbb tbh"),
        (InstructionKind.FloatAdd, "vadd vsub"),
        (InstructionKind.FloatMultiply, "vmul vnmul"),
        (InstructionKind.FloatMultiplyAdd, "vfma vfms vfnma vfnms vmla vmls vnmla vnmls"),
        (InstructionKind.FloatCompare, "vcmp vcmpe"),
        (InstructionKind.FloatConvert, "vcvt vcvtr vcvtb vcvtt"),
        (InstructionKind.FloatMove, "vmov vneg vabs vmrs vmsr"),
        (InstructionKind.FloatDivide, "vdiv"),
        (InstructionKind.FloatSquareRoot, "vsqrt"));

    /// <summary>Takes a printed name apart.</summary>
    /// <returns>Null for one that is not known.</returns>
    public static Mnemonic? Parse(string printed)
    {
        string head = printed.Split('.')[0];
        if (head is ['i', 't', .. { } then] && then.All(c => c is 't' or 'e'))
        {
            return new Mnemonic("it", InstructionKind.DataProcessing, false);
        }
        // First as it is, so that the "ls" of MLS and the "s" of VMRS stay; a condition stands behind the flags' letter.
        bool conditional = _conditions.Any(c => head.EndsWith(c, StringComparison.Ordinal)) && head.Length > 2;
        return Find(head, conditional: head is "cbz" or "cbnz")
            ?? (conditional ? Find(head[..^2], true) ?? Find(WithoutFlags(head[..^2]), true) : null)
            ?? Find(WithoutFlags(head), false);
    }

    private static Mnemonic? Find(string name, bool conditional) =>
        _kinds.TryGetValue(name, out InstructionKind kind) ? new Mnemonic(name, kind, conditional) : null;

    private static string WithoutFlags(string name) => name.EndsWith('s') ? name[..^1] : name;

    /// <summary>Additions and subtractions of bytes and halves, with all their prefixes.</summary>
    private static string Parallel(string names) => string.Join(
        ' ', names.Split(' ').SelectMany(n => _parallelPrefixes.Select(prefix => prefix + n)));

    private static Dictionary<string, InstructionKind> Table(params (InstructionKind Kind, string Names)[] rows) => rows
        .SelectMany(row => row.Names.Split(' ').Select(name => (row.Kind, Name: name)))
        .ToDictionary(row => row.Name, row => row.Kind);
}
