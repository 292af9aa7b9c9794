using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuroHal.Kernels;

namespace NeuroHal.Calibration.Cases;

/// <summary>A kernel's run on the emulator, and all that the firmware needs for the same.</summary>
/// <param name="Call">What the firmware is to call.</param>
/// <param name="Before">SRAM before, whole words.</param>
/// <param name="After">SRAM after.</param>
/// <param name="Work">The counts of work.</param>
/// <param name="Cycles">The core's cycles by the emulator's counters.</param>
/// <param name="RandomWords">The words that the firmware draws, in the order in which it reads them.</param>
internal sealed record KernelRun(
    FirmwareCall Call, byte[] Before, byte[] After, WorkCounts Work, long Cycles, IReadOnlyList<uint> RandomWords)
{
    /// <summary>Where the firmware's result differs, in words; null where it does not.</summary>
    /// <param name="taken">The random words that the firmware took.</param>
    /// <param name="sram">What it left.</param>
    /// <param name="accelerator">
    /// Whether words came from a generator: then nobody keeps the streams' state, and how many were taken is compared instead.
    /// </param>
    public string? Difference(uint taken, byte[] sram, bool accelerator)
    {
        byte[] expected = Result(After, accelerator);
        byte[] actual = Result(sram, accelerator);
        int at = expected.AsSpan().CommonPrefixLength(actual);
        if (at < expected.Length)
        {
            int word = at / sizeof(uint) * sizeof(uint);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"SRAM at 0x{word:x}: 0x{BitConverter.ToUInt32(actual, word):x8} instead of 0x{BitConverter.ToUInt32(expected, word):x8}");
        }
        return accelerator && taken != RandomWords.Count
            ? string.Create(CultureInfo.InvariantCulture, $"{taken} random words taken instead of {RandomWords.Count}")
            : null;
    }

    /// <summary>
    /// What of SRAM is a result. What lies behind a layer's count is not: where entries close a gap, others stay behind, and
    /// the kernels here move runs of entries in vectors, which leaves others than moving them one by one does.
    /// </summary>
    private byte[] Result(byte[] image, bool accelerator)
    {
        byte[] result = [.. image];
        foreach (SparseMatrix layer in Call.Layers)
        {
            int count = Math.Clamp(BitConverter.ToInt32(image, layer.Count.Offset), 0, layer.Capacity);
            ClearBehind(result, layer.Rows, count);
            ClearBehind(result, layer.Columns, count);
            ClearBehind(result, layer.Theta, count);
            ClearBehind(result, layer.Velocity, count);
            Span<uint> signs = MemoryMarshal.Cast<byte, uint>(result.AsSpan(layer.Signs.Offset, layer.Signs.Length * sizeof(uint)));
            signs[SparseMatrix.SignWords(count)..].Clear();
            if (count % 32 != 0)
            {
                signs[count / 32] &= (1u << (count % 32)) - 1;
            }
        }
        foreach (RandomUse random in accelerator ? Call.Random : [])
        {
            random.ClearIn(result);
        }
        return result;
    }

    private static void ClearBehind<T>(byte[] image, SramBuffer<T> buffer, int count)
        where T : struct
    {
        if (buffer.IsPresent)
        {
            image.AsSpan(buffer.Offset, buffer.Length * Unsafe.SizeOf<T>())[(count * Unsafe.SizeOf<T>())..].Clear();
        }
    }
}
