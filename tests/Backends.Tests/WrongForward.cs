using NeuroHal.Kernels;

namespace NeuroHal.Backends.Tests;

/// <summary>A sparse layer's forward pass as a backend's author might write it, connection by connection, with one mistake.</summary>
internal static class WrongForward
{
    private const int Piece = 512;

    public static Action<SramView>? Of<T>(Fault fault, SparseForward<T> kernel) where T : struct
    {
        switch (fault)
        {
            case Fault.ForwardAddsFromTheEnd or Fault.ForwardDropsTheLastOfARow or Fault.ForwardIgnoresSigns or Fault.ForwardShiftsLanes:
                return sram => Run(fault, kernel, sram);
            case Fault.ForwardForgetsThePiecesAfterTheFirst:
                return sram =>
                {
                    ref ConnectionCount count = ref sram.Span(kernel.Layer.Count)[0];
                    ConnectionCount all = count;
                    count = count with { Now = Math.Min(count.Now, Piece) };
                    kernel.Run(sram);
                    count = all;
                };
            case Fault.ForwardForgetsLanesBeyondFours:
                return sram =>
                {
                    float[] before = sram.Span(kernel.Output).ToArray();
                    kernel.Run(sram);
                    for (int i = 0; i < before.Length; i++)
                    {
                        bool forgotten = i % kernel.Lanes >= (kernel.Lanes & ~3);
                        sram.Span(kernel.Output)[i] = forgotten ? before[i] : sram.Span(kernel.Output)[i];
                    }
                };
            case Fault.ForwardClearsItsInput:
                return sram =>
                {
                    kernel.Run(sram);
                    sram.Span(kernel.Input).Clear();
                };
            default:
                return null;
        }
    }

    private static void Run<T>(Fault fault, SparseForward<T> kernel, SramView sram) where T : struct
    {
        Span<ushort> rows = sram.Span(kernel.Layer.Rows)[..sram.Span(kernel.Layer.Count)[0].Now];
        Span<float> theta = sram.Span(kernel.Layer.Theta);
        Span<uint> signs = sram.Span(kernel.Layer.Signs);
        Span<T> input = sram.Span(kernel.Input);
        Span<float> output = sram.Span(kernel.Output);
        output.Clear();
        for (int n = 0; n < rows.Length; n++)
        {
            int i = fault == Fault.ForwardAddsFromTheEnd ? rows.Length - 1 - n : n;
            bool last = i == rows.Length - 1 || rows[i + 1] != rows[i];
            bool negative = (signs[i / 32] >> (i % 32) & 1) == 1 && fault != Fault.ForwardIgnoresSigns;
            for (int lane = 0; lane < kernel.Lanes && !(last && fault == Fault.ForwardDropsTheLastOfARow); lane++)
            {
                int from = fault == Fault.ForwardShiftsLanes ? (lane + 1) % kernel.Lanes : lane;
                float x = Value(input[(sram.Span(kernel.Layer.Columns)[i] * kernel.Lanes) + from]);
                output[(rows[i] * kernel.Lanes) + lane] += (negative ? -theta[i] : theta[i]) * x;
            }
        }
    }

    private static float Value<T>(T input) => input is byte pixel ? pixel / 255f : (float)(object)input!;
}
