namespace NeuroHal.Fuzz.Readers;

/// <summary>The least a device is used for: some of everything, and a look at the counters.</summary>
internal static class Workload
{
    private const int Numbers = 16;
    private static readonly float[] _values = [.. Enumerable.Range(0, Numbers).Select(i => i * 0.5f)];

    public static void Run(IDevice device, CancellationToken cancellation = default)
    {
        DramBuffer<float> far = device.Dram.Allocate<float>("far", Numbers);
        device.Host.Write<float>(_values, far);
        SramBuffer<float>[] near = [.. device.Cores.Select(c => c.Sram.Allocate<float>("near", Numbers))];
        for (int i = 0; i < 2; i++)
        {
            device.Superstep("fuzz", core =>
            {
                core.Level = device.Info.Levels[core.Id % device.Info.Levels.Count];
                core.Dma.Wait(core.Dma.Load<float>(far, near[core.Id]));
                core.Run(new Halve(near[core.Id]));
            });
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Makes sure that figures are figures: no overflow, nothing that is not a number.</summary>
    public static IEnumerable<string> Figures(IDevice device)
    {
        DeviceCounters counters = device.ReadCounters();
        if (counters.Elapsed < SimTime.Zero || counters.Phases.Any(p => p.Energy is { } e
            && !(double.IsFinite(e.Total.High) && e.Total.Low <= e.Total.Value && e.Total.Value <= e.Total.High)))
        {
            throw new NotFiniteNumberException($"A figure is none: {counters.Elapsed}.");
        }
        return [device.Info.Profile, counters.Elapsed.ToString()];
    }

    private readonly struct Halve(SramBuffer<float> buffer) : IKernel
    {
        public string Name => "halve";

        public WorkCounts Run(SramView sram)
        {
            Span<float> values = sram.Span(buffer);
            foreach (ref float value in values)
            {
                value *= 0.5f;
            }
            return new WorkCounts
            {
                Load = values.Length,
                Store = values.Length,
                FloatMultiply = values.Length,
                FloatDivide = 1,
                FloatSquareRoot = 1,
                Exponential = 1,
                RandomWord = 1,
                IntegerAlu = 1,
                BranchTaken = 1,
            };
        }
    }
}
