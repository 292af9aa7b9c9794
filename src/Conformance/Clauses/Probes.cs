namespace NeuroHal.Conformance.Clauses;

/// <summary>Small programs the clauses are made of.</summary>
internal static class Probes
{
    public static void On(this IDevice device, int core, Action<ICore> body) =>
        device.Superstep("probe", c =>
        {
            if (c.Id == core)
            {
                body(c);
            }
        });

    public static int[] Read(this IDevice device, SramBuffer<int> buffer)
    {
        var contents = new int[buffer.Length];
        device.Host.Read<int>(buffer, contents);
        return contents;
    }

    public static int[] Read(this IDevice device, DramBuffer<int> buffer)
    {
        var contents = new int[buffer.Length];
        device.Host.Read<int>(buffer, contents);
        return contents;
    }

    public static int[] Counting(int from, int length) => [.. Enumerable.Range(from, length)];

    public static SramBuffer<int> Filled(this IDevice device, int core, string name, int[] contents)
    {
        SramBuffer<int> buffer = device.Cores[core].Sram.Allocate<int>(name, contents.Length);
        device.Host.Write<int>(contents, buffer);
        return buffer;
    }

    public static DramBuffer<int> Filled(this IDevice device, string name, int[] contents)
    {
        DramBuffer<int> buffer = device.Dram.Allocate<int>(name, contents.Length);
        device.Host.Write<int>(contents, buffer);
        return buffer;
    }
}

/// <summary>Adds a number to each element.</summary>
internal readonly record struct AddKernel(SramBuffer<int> Buffer, int Number) : IKernel
{
    public string Name => "probe-add";

    public WorkCounts Run(SramView sram)
    {
        Span<int> elements = sram.Span(Buffer);
        foreach (ref int element in elements)
        {
            element += Number;
        }
        return new WorkCounts { Load = elements.Length, IntegerAlu = elements.Length, Store = elements.Length };
    }
}
