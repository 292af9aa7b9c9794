namespace NeuroHal.Calibration.Reports;

/// <summary>What the document says in words.</summary>
internal static class CalibrationText
{
    public const string Method =
        """
        # Calibration

        Written by `calibration/run --write`.

        The emulator takes a kernel's counts of work, class by class, times the cycles of each class. Here the counts are held
        to machine code. `calibration/firmware` has each kernel in C, written as one would for the chip's core and compiled for
        the Cortex-M4F with `-O2`. A case fills SRAM, runs the kernel on the emulator, then runs the machine code on the same
        bytes on QEMU's `mps2-an386` board and compares SRAM bit for bit. A plugin takes down the address of every instruction
        that is executed; what lies outside of the program that would be on the chip (the harness and its call) is not counted.

        Each executed instruction is put into the class it belongs to and timed by ARM's Cortex-M4 Technical Reference Manual
        (DDI 0439D), its tables 3-1 and 7-1 with the cycles of each instruction, and what it says of neighbours:

        - A load directly after a load whose result is not in its address takes one cycle less (3.3.2). That is class
          `PipelinedLoad`; so are the words of LDM, LDRD and POP after the first.
        - A store with a register as offset takes 2 unless a load is directly before it; STM, STRD and PUSH take 1 + N (3.3.2,
          3-1). The cycle more is class `Stall`, as all of the following.
        - An address out of the result of the instruction directly before, if that is data processing, takes one more (3.3.2).
        - A result of float arithmetic or of a conversion that the next instruction needs takes one more, except as the addend
          of a multiply-add (7.2.3).
        - VSTR takes 2, and so does a move between the register files (7-1).
        - VLDR and VSTR do not pair up with their neighbours: 3.3.2 speaks of LDR and STR, and 7-1 has no note on pairing.
        - A load or store whose condition failed takes one cycle and is no load or store.

        So counts times prices are the manual's cycles without wait states. What the manual leaves open has the emulator's value:
        a branch taken 3 (a refill of the pipeline takes 1 to 3, here 2), a division 7 (2 to 12). An exponential is a call of
        the function that stands for the accelerator, a random word an instruction that stands for a read of its register; they
        have the emulator's prices. `error` is the emulator's cycles to those of the machine code, its constant for a call left
        out: the trace of a case starts at the kernel's first instruction and ends with its return.

        What lies behind a layer's count is not compared: it is no result. Random words come in the order in which a core that
        makes one number after the other takes them; where they come from the generator nobody keeps the streams' state, and
        how many words were taken is compared instead.

        The kernels' accounts are fitted to this very code ([ADR 8](adr/0008-accounts-from-machine-code.md)), so an error tells of a
        piece of it that is counted too often or not often enough, in shapes that were not fitted to. How far other code for the
        same would be away, the other readings and levels of optimisation below give an idea of.

        A training is compared as well. The emulator's is recorded kernel by kernel; the firmware gets the same memory, the samples
        in the same order and the same random words, and goes through all of it by itself.


        """;

    public const string Outside =
        """
        ## What is outside of this

        - Wait states: of a flash, of a bus that others use as well, of the write buffer. The chip's cores run from their own
          SRAM without, as far as is published.
        - Interrupts, and DMA that takes SRAM's cycles.
        - LDR relative to the program counter "might add a cycle" (3.3.2), 32-bit instructions on odd halfwords "might not
          pipeline optimally" (note b of 3-1), an IT may be folded (note d): none of them counted, the last one in the table above.
        - Whether a data-processing instruction's condition failed: it takes its full cycles.
        - Bringing samples in: the firmware finds them in memory one after the other.
        - An exponential by the accelerator would leave more registers as they are than a call does.
        - Unaligned accesses, of which there are none.
        - VDIV and VSQRT let integer instructions overtake them (7.2.3): they are taken at 14.

        """;
}
