namespace NeuroHal.Calibration.Trainings;

/// <summary>Stands in front of a device and shows a recorder each kernel; neither counters nor results change by it.</summary>
internal sealed class RecordedDevice : IDevice
{
    private readonly IDevice _device;
    private readonly RecordedCore[] _cores;

    public RecordedDevice(IDevice device, NetworkRecorder recorder)
    {
        _device = device;
        _cores = [.. device.Cores.Select(c => new RecordedCore(c, recorder))];
    }

    public DeviceInfo Info => _device.Info;

    public IReadOnlyList<ICore> Cores => _cores;

    public IDram Dram => _device.Dram;

    public IHostLink Host => _device.Host;

    public Phase Phase
    {
        get => _device.Phase;
        set => _device.Phase = value;
    }

    public void Superstep(string name, Action<ICore> body) => _device.Superstep(name, core => body(_cores[core.Id]));

    public DeviceCounters ReadCounters() => _device.ReadCounters();

    public TAbility? Find<TAbility>() where TAbility : class => _device.Find<TAbility>();

    public ReadOnlyMemory<byte> SaveState() => _device.SaveState();

    public void RestoreState(ReadOnlyMemory<byte> state) => _device.RestoreState(state);

    public ValueTask DisposeAsync() => _device.DisposeAsync();

    private sealed class RecordedCore(ICore core, NetworkRecorder recorder) : ICore
    {
        public int Id => core.Id;

        public ISram Sram => core.Sram;

        public IDmaEngine Dma => core.Dma;

        public PerformanceLevel Level
        {
            get => core.Level;
            set => core.Level = value;
        }

        public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel =>
            core.Run(new SeenKernel<TKernel>(kernel, recorder));

        public CoreCounters ReadCounters(Phase phase) => core.ReadCounters(phase);
    }

    private readonly record struct SeenKernel<TKernel>(TKernel Kernel, NetworkRecorder Recorder) : IKernel
        where TKernel : struct, IKernel
    {
        public string Name => Kernel.Name;

        public WorkCounts Run(SramView sram) => Recorder.Run(Kernel, sram);
    }
}
