using NeuroHal.Kernels;

namespace NeuroHal.Backends.Tests;

/// <summary>Pruning and inserting with one mistake.</summary>
internal static class WrongRewiring
{
    public static Action<SramView>? Of(Fault fault, PruneNegative kernel)
    {
        switch (fault)
        {
            case Fault.PrunesZeros:
                return sram =>
                {
                    foreach (ref float theta in sram.Span(kernel.Layer.Theta)[..sram.Span(kernel.Layer.Count)[0].Now])
                    {
                        theta = theta == 0 ? -1 : theta;
                    }
                    kernel.Run(sram);
                };
            case Fault.PruneLeavesSignsBehind:
                return WrongKernels.ButKeeping<uint>(kernel, kernel.Layer.Signs);
            default:
                return null;
        }
    }

    public static Action<SramView>? Of(Fault fault, InsertAtFree kernel)
    {
        switch (fault)
        {
            case Fault.InsertsDuplicates:
                return sram =>
                {
                    kernel.Run(sram);
                    if (sram.Span(kernel.Layer.Count)[0].Now > 1)
                    {
                        sram.Span(kernel.Layer.Rows)[1] = sram.Span(kernel.Layer.Rows)[0];
                        sram.Span(kernel.Layer.Columns)[1] = sram.Span(kernel.Layer.Columns)[0];
                    }
                };
            case Fault.InsertsOneTooFew:
                return sram =>
                {
                    kernel.Run(sram);
                    ref ConnectionCount count = ref sram.Span(kernel.Layer.Count)[0];
                    count = count with { Now = count.Now - 1 };
                };
            case Fault.InsertsPositiveOnly:
                return sram =>
                {
                    kernel.Run(sram);
                    for (int i = 0; i < sram.Span(kernel.Layer.Count)[0].Now; i++)
                    {
                        uint bit = sram.Span(kernel.Layer.Theta)[i] == 0 ? 1u << (i % 32) : 0;
                        sram.Span(kernel.Layer.Signs)[i / 32] &= ~bit;
                    }
                };
            case Fault.InsertsTheSameAgain:
                return WrongKernels.ButKeeping<uint>(kernel, kernel.Random);
            default:
                return null;
        }
    }
}
