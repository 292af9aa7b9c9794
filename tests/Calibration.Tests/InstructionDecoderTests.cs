using NeuroHal.Calibration.Machine;

namespace NeuroHal.Calibration.Tests;

public sealed class InstructionDecoderTests
{
    [Theory]
    [InlineData("bls.n 40 <f+0x8>", nameof(InstructionKind.Branch), true)]
    [InlineData("blt.n 40", nameof(InstructionKind.Branch), true)]
    [InlineData("ble.w 40", nameof(InstructionKind.Branch), true)]
    [InlineData("bl 40 <g>", nameof(InstructionKind.Branch), false)]
    [InlineData("blx r3", nameof(InstructionKind.Branch), false)]
    [InlineData("bxne lr", nameof(InstructionKind.Branch), true)]
    [InlineData("cbnz r0, 40", nameof(InstructionKind.Branch), true)]
    [InlineData("bics.w r0, r1, r2", nameof(InstructionKind.DataProcessing), false)]
    [InlineData("mls r0, r1, r2, r3", nameof(InstructionKind.DataProcessing), false)]
    [InlineData("muls r0, r1", nameof(InstructionKind.DataProcessing), false)]
    [InlineData("lsls r0, r1, #2", nameof(InstructionKind.DataProcessing), false)]
    [InlineData("adcs r0, r1", nameof(InstructionKind.DataProcessing), false)]
    [InlineData("uqsub8 r0, r1, r2", nameof(InstructionKind.DataProcessing), false)]
    [InlineData("ldrhs r0, [r1, #0]", nameof(InstructionKind.Load), true)]
    [InlineData("ldrsh.w r0, [r1, #2]", nameof(InstructionKind.Load), false)]
    [InlineData("strlt r1, [r0, #0]", nameof(InstructionKind.Store), true)]
    [InlineData("vmovgt.f32 s0, s1", nameof(InstructionKind.FloatMove), true)]
    [InlineData("vmls.f32 s0, s1, s2", nameof(InstructionKind.FloatMultiplyAdd), false)]
    [InlineData("vnmul.f32 s0, s1, s2", nameof(InstructionKind.FloatMultiply), false)]
    [InlineData("vcvt.f32.u32 s0, s0", nameof(InstructionKind.FloatConvert), false)]
    [InlineData("vldr d0, [r0, #8]", nameof(InstructionKind.LoadMultiple), false)]
    [InlineData("vmrs APSR_nzcv, fpscr", nameof(InstructionKind.FloatFlags), false)]
    [InlineData("vmrs r0, fpscr", nameof(InstructionKind.FloatMove), false)]
    public void A_name_tells_the_kind(string text, string kind, bool conditional)
    {
        Instruction instruction = Decode(text);
        Assert.Equal(kind, instruction.Kind.ToString());
        Assert.Equal(conditional, instruction.IsConditional);
    }

    [Theory]
    [InlineData("ldr r0, [pc, #172] @ (124 <reset+0xcc>)", nameof(Addressing.Literal), 0UL)]
    [InlineData("ldr.w r0, [r1, r2, lsl #2]", nameof(Addressing.Register), 0b110UL)]
    [InlineData("ldr.w r3, [r0, #4]!", nameof(Addressing.Immediate), 0b1UL)]
    [InlineData("ldr.w r3, [sl], #4", nameof(Addressing.Immediate), 1UL << 10)]
    [InlineData("vstr s0, [sp, #-4]", nameof(Addressing.Immediate), 1UL << 13)]
    public void Brackets_tell_the_address(string text, string addressing, ulong registers)
    {
        Assert.Equal(addressing, Decode(text).Addressing.ToString());
        Assert.Equal(registers, Decode(text).AddressReads.Bits);
    }

    [Theory]
    [InlineData("push {r4, r5, lr}", 3)]
    [InlineData("ldmdb r3, {r0, r1}", 2)]
    [InlineData("vpush {d8-d10}", 6)]
    [InlineData("vldmia r0!, {s0-s3}", 4)]
    [InlineData("strd r3, r9, [sp]", 2)]
    [InlineData("ldr r0, [r1]", 1)]
    public void Lists_tell_the_words(string text, int words) => Assert.Equal(words, Decode(text).Words);

    [Fact]
    public void A_pop_of_the_program_counter_is_a_branch_as_well() => Assert.True(Decode("pop {r4, pc}").WritesProgramCounter);

    [Fact]
    public void What_is_not_known_is_an_error_with_its_name_and_address()
    {
        var error = Assert.Throws<BadDataException>(() => Decode("frobnicate r0, r1"));
        Assert.Contains("frobnicate", error.Message, StringComparison.Ordinal);
        Assert.Contains("0x100", error.Message, StringComparison.Ordinal);
    }

    private static Instruction Decode(string text) => InstructionDecoder.Decode(0x100, 2, text);
}
