using NeuroHal.Kernels;

namespace NeuroHal.Backends.Tests;

/// <summary>Pruning and inserting with one mistake.</summary>
internal static class WrongRewiring
{
    public static Action<SramView>? Of(Fault fault, PruneNegative kernel) => fault switch
    {
        Fault.PrunesZeros => sram =>
        {
            foreach (ref float theta in sram.Span(kernel.Layer.Theta)[..sram.Span(kernel.Layer.Count)[0].Now])
            {
                theta = theta == 0 ? -1 : theta;
            }
            kernel.Run(sram);
        },
        Fault.PruneLeavesSignsBehind => WrongKernels.ButKeeping<uint>(kernel, kernel.Layer.Signs),
        _ => null,
    };

    public static Action<SramView>? Of(Fault fault, InsertAtFree kernel) => fault switch
    {
        Fault.InsertsDuplicates => sram =>
        {
            kernel.Run(sram);
            if (sram.Span(kernel.Layer.Count)[0].Now > 1)
            {
                sram.Span(kernel.Layer.Rows)[1] = sram.Span(kernel.Layer.Rows)[0];
                sram.Span(kernel.Layer.Columns)[1] = sram.Span(kernel.Layer.Columns)[0];
            }
        },
        Fault.InsertsOneTooFew => sram =>
        {
            kernel.Run(sram);
            ref ConnectionCount count = ref sram.Span(kernel.Layer.Count)[0];
            count = count with { Now = count.Now - 1 };
        },
        Fault.InsertsPositiveOnly => sram =>
        {
            kernel.Run(sram);
            for (int i = 0; i < sram.Span(kernel.Layer.Count)[0].Now; i++)
            {
                uint bit = sram.Span(kernel.Layer.Theta)[i] == 0 ? 1u << (i % 32) : 0;
                sram.Span(kernel.Layer.Signs)[i / 32] &= ~bit;
            }
        },
        Fault.InsertsTheSameAgain => WrongKernels.ButKeeping<uint>(kernel, kernel.Random),
        _ => null,
    };
}
