using NeuroHal.Calibration.Machine;

namespace NeuroHal.Calibration.Tests;

/// <summary>Sequences with the cycles that ARM's Cortex-M4 Technical Reference Manual (DDI 0439D) gives them.</summary>
public sealed class TimingTests
{
    // The profile's values; what the manual leaves open as it has it: a refill of the pipeline takes 2, a division 7.
    private static readonly Prices _prices = new(
        new Dictionary<OperationClass, double>
        {
            [OperationClass.IntegerAlu] = 1,
            [OperationClass.IntegerDivide] = 7,
            [OperationClass.Load] = 2,
            [OperationClass.PipelinedLoad] = 1,
            [OperationClass.Store] = 1,
            [OperationClass.BranchTaken] = 3,
            [OperationClass.BranchNotTaken] = 1,
            [OperationClass.FloatAdd] = 1,
            [OperationClass.FloatMultiply] = 1,
            [OperationClass.FloatMultiplyAdd] = 3,
            [OperationClass.FloatCompare] = 2,
            [OperationClass.FloatConvert] = 1,
            [OperationClass.FloatDivide] = 14,
            [OperationClass.FloatSquareRoot] = 14,
            [OperationClass.Exponential] = 2,
            [OperationClass.RandomWord] = 3,
            [OperationClass.Stall] = 1,
        },
        30);

    [Theory]
    // Section 3.3.2's own examples.
    [InlineData(3, "ldr r0, [r1, #0]", "ldr r1, [r2, #0]")]
    [InlineData(3, "ldr.w r0, [r1, r2]", "str r0, [r3, #20]")]
    [InlineData(3, "ldr.w r0, [r1, r2]", "str r1, [r3, r2]")]
    [InlineData(4, "ldr r0, [r1, r5]", "ldr r1, [r2, #0]", "ldr r2, [r3, #4]")]
    [InlineData(3, "ldrd r0, r1, [r2]")]
    [InlineData(9, "stmia.w r0, {r1, r2, r3, r4, r5, r6, r7, r8}")]
    // The address of the second depends on the first.
    [InlineData(4, "ldr r0, [r1, #0]", "ldr r2, [r0, #0]")]
    [InlineData(4, "ldr r0, [r1, #0]", "ldrb r2, [r3, r0]")]
    // The base written back is not the destination.
    [InlineData(3, "ldr.w r0, [r1], #4", "ldr.w r2, [r1], #4")]
    // Only what follows directly pairs up.
    [InlineData(5, "ldr r0, [r1, #0]", "adds r3, #1", "ldr r2, [r4, #0]")]
    // Nothing is pipelined behind a store.
    [InlineData(3, "str r0, [r1, #4]", "ldr r2, [r3, #0]")]
    [InlineData(5, "ldr r0, [r1, #0]", "str r0, [r3, r2]", "ldr r4, [r5, #0]")]
    // A store with a register as offset takes 2 unless a load is before it.
    [InlineData(1, "str r0, [r1, #4]")]
    [InlineData(2, "str r0, [r1, r2]")]
    [InlineData(2, "strb.w r0, [r1, #1]!", "strh r2, [r3, #0]")]
    // LDM, LDRD, PUSH and POP: 1 + N, not with their neighbours.
    [InlineData(4, "ldmia r0!, {r1, r2, r3}")]
    [InlineData(5, "ldr r0, [r1, #0]", "ldrd r2, r3, [r4]")]
    [InlineData(5, "ldrd r2, r3, [r4]", "ldr r0, [r1, #0]")]
    [InlineData(3, "strd r2, r3, [r4, #8]")]
    [InlineData(5, "push {r4, r5, r6, lr}")]
    [InlineData(5, "pop {r4, r5, r6, r7}")]
    // 1 + N + P, 2 + P, 1 + P.
    [InlineData(7, "ldmia.w sp!, {r4, r5, r6, pc}")]
    [InlineData(4, "ldr.w pc, [r3, #4]")]
    [InlineData(3, "bx lr")]
    [InlineData(3, "mov pc, r3")]
    [InlineData(1, "bne.n 16 <relu+0xe>")]
    [InlineData(5, "tbb [pc, r3]")]
    // An address out of the data processing directly before.
    [InlineData(4, "adds r0, r1, r2", "ldr r3, [r0, #0]")]
    [InlineData(3, "add.w r0, r1, r2, lsl #2", "str r3, [r0, #0]")]
    [InlineData(3, "adds r0, r1, r2", "ldr r3, [r4, #0]")]
    [InlineData(2, "adds r0, r1, r2", "str r0, [r4, #0]")]
    [InlineData(5, "sub sp, #8", "vldr s0, [sp, #4]", "movs r0, #0")]
    // Table 3-1.
    [InlineData(7, "udiv r0, r1, r2")]
    [InlineData(4, "mul.w r0, r1, r2", "mla r0, r1, r2, r3", "umull r0, r1, r2, r3", "umlal r0, r1, r2, r3")]
    [InlineData(4, "it lt", "movlt r0, #0", "usad8 r0, r1, r2", "nop")]
    // Table 7-1.
    [InlineData(2, "vldr s0, [r0]")]
    [InlineData(4, "vldr s0, [r0]", "vldr s1, [r1]")]
    [InlineData(2, "vstr s0, [r0]")]
    [InlineData(4, "vldmia r0!, {s0-s2}")]
    [InlineData(3, "vldr d0, [r0]")]
    [InlineData(5, "vpush {d8-d9}")]
    [InlineData(2, "vmov s0, r0")]
    [InlineData(2, "vmov r0, r1, s0, s1")]
    [InlineData(3, "vmov.f32 s0, s1", "vneg.f32 s2, s3", "vabs.f32 s4, s5")]
    [InlineData(2, "vcmpe.f32 s0, #0.0", "vmrs APSR_nzcv, fpscr")]
    [InlineData(14, "vdiv.f32 s0, s1, s2")]
    [InlineData(14, "vsqrt.f32 s0, s1")]
    // Section 7.2.3: a result needed by the next instruction.
    [InlineData(2, "vadd.f32 s0, s1, s2", "vsub.f32 s3, s4, s5")]
    [InlineData(3, "vadd.f32 s0, s1, s2", "vmul.f32 s3, s0, s5")]
    [InlineData(4, "vmul.f32 s0, s1, s2", "vstr s0, [r0]")]
    [InlineData(4, "vcvt.s32.f32 s0, s1", "vmov r0, s0")]
    [InlineData(4, "vmul.f32 s0, s1, s2", "vcmpe.f32 s0, s3", "vmrs APSR_nzcv, fpscr")]
    // Not by a move, nor as the addend of a multiply-add.
    [InlineData(2, "vneg.f32 s0, s1", "vadd.f32 s2, s0, s3")]
    [InlineData(6, "vfma.f32 s0, s1, s2", "vfma.f32 s0, s3, s4")]
    [InlineData(7, "vfma.f32 s0, s1, s2", "vfma.f32 s3, s0, s4")]
    [InlineData(4, "vmul.f32 s0, s1, s2", "vfma.f32 s0, s3, s4")]
    public void A_sequence_takes_the_cycles_of_the_manual(double cycles, params string[] sequence) =>
        Assert.Equal(cycles, Count(TimingRules.Manual, sequence).Cycles(_prices));

    [Fact]
    public void A_branch_taken_takes_the_refill_of_the_pipeline_more()
    {
        var counts = new Histogram();
        Count(counts, null, "bne.n 16", taken: true);
        Assert.Equal(3, counts.Cycles(_prices));
    }

    [Fact]
    public void Float_loads_pair_up_in_the_other_reading() =>
        Assert.Equal(3, Count(new TimingRules { FloatLoadsPair = true }, "vldr s0, [r0]", "vldr s1, [r1]").Cycles(_prices));

    [Fact]
    public void Words_are_loads_whatever_instruction_moves_them()
    {
        Histogram counts = Count(TimingRules.Manual, "push {r4, lr}", "ldmia r0!, {r1, r2, r3}", "pop {r4, pc}");
        Assert.Equal(5, counts[OperationClass.Load] + counts[OperationClass.PipelinedLoad]);
        Assert.Equal(2, counts[OperationClass.Store]);
        Assert.Equal(1, counts[OperationClass.BranchTaken]);
    }

    private static Histogram Count(TimingRules rules, params string[] sequence)
    {
        var counts = new Histogram();
        Instruction? previous = null;
        foreach (string text in sequence)
        {
            previous = Count(counts, previous, text, taken: false, rules);
        }
        return counts;
    }

    private static Instruction Count(Histogram counts, Instruction? previous, string text, bool taken, TimingRules? rules = null)
    {
        Instruction current = InstructionDecoder.Decode(0x100, text.Contains(".w", StringComparison.Ordinal) ? 4 : 2, text);
        var added = new long[Histogram.Classes.Count];
        new Timing(rules ?? TimingRules.Manual).Count(previous, current, taken, added);
        counts.Add(added);
        return current;
    }
}
