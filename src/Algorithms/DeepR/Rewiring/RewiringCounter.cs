using System.Runtime.CompilerServices;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Rewiring;

/// <summary>
/// Stands in front of a device and counts the connections that are placed on it. The algorithm keeps no such number in a
/// core's memory, and the device does not know that it is watched: memory, cycles and joules are those of a run that nobody
/// counts in.
/// </summary>
/// <remarks>
/// It looks at a layer's length before and after <see cref="InsertAtFree"/>, from within the kernel, so it is of use only where
/// kernels run as they are written here: not on a real chip. A backend that recognises <see cref="InsertAtFree"/> by its type does
/// not see it behind a counter, and runs the portable version.
/// </remarks>
public sealed class RewiringCounter : IDevice
{
    private readonly IDevice _device;
    private readonly CountingCore[] _cores;
    private readonly Action<ICore> _run;
    private Action<ICore> _body = _ => { };

    private RewiringCounter(IDevice device)
    {
        _device = device;
        _cores = [.. device.Cores.Select(c => new CountingCore(c))];
        _run = core => _body(_cores[core.Id]);
    }

    /// <summary>The connections placed so far on all cores, those that a network starts with included.</summary>
    public long Placed => _cores.Sum(c => c.Placed);

    /// <inheritdoc/>
    public DeviceInfo Info => _device.Info;

    /// <inheritdoc/>
    public IReadOnlyList<ICore> Cores => _cores;

    /// <inheritdoc/>
    public IDram Dram => _device.Dram;

    /// <inheritdoc/>
    public IHostLink Host => _device.Host;

    /// <inheritdoc/>
    public Phase Phase
    {
        get => _device.Phase;
        set => _device.Phase = value;
    }

    /// <summary>Puts a counter in front of a device, where it can count.</summary>
    /// <param name="device">The device, with its checks in front; disposed of with what is returned.</param>
    /// <returns>The device to use; the same one where it is a real chip.</returns>
    public static IDevice InFrontOf(IDevice device) =>
        device.Info.Kind == DeviceKind.Hardware ? device : new RewiringCounter(device);

    /// <inheritdoc/>
    public void Superstep(string name, Action<ICore> body)
    {
        _body = body;
        _device.Superstep(name, _run);
    }

    /// <inheritdoc/>
    public DeviceCounters ReadCounters() => _device.ReadCounters();

    /// <inheritdoc/>
    public TAbility? Find<TAbility>() where TAbility : class => this as TAbility ?? _device.Find<TAbility>();

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SaveState() => _device.SaveState();

    /// <inheritdoc/>
    public void RestoreState(ReadOnlyMemory<byte> state) => _device.RestoreState(state);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _device.DisposeAsync();

    private sealed class CountingCore(ICore core) : ICore
    {
        // Written by this core's thread within a superstep, read by the host between two.
        public long Placed { get; private set; }

        public int Id => core.Id;

        public ISram Sram => core.Sram;

        public IDmaEngine Dma => core.Dma;

        public PerformanceLevel Level
        {
            get => core.Level;
            set => core.Level = value;
        }

        public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel
        {
            if (typeof(TKernel) == typeof(InsertAtFree))
            {
                core.Run(new CountedInsert(Unsafe.As<TKernel, InsertAtFree>(ref kernel), this));
                return;
            }
            core.Run(kernel);
        }

        public CoreCounters ReadCounters(Phase phase) => core.ReadCounters(phase);

        /// <summary>The kernel, and a look at what it did.</summary>
        private readonly struct CountedInsert(InsertAtFree kernel, CountingCore counted) : IKernel
        {
            public string Name => kernel.Name;

            public WorkCounts Run(SramView sram)
            {
                int before = sram.Span(kernel.Layer.Count)[0].Now;
                WorkCounts work = kernel.Run(sram);
                counted.Placed += sram.Span(kernel.Layer.Count)[0].Now - before;
                return work;
            }
        }
    }
}
