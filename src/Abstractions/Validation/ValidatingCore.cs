namespace NeuroHal;

internal sealed class ValidatingCore : ICore
{
    private readonly ICore _core;
    private readonly ValidatingDevice _device;
    private readonly ValidatingSram _sram;
    private readonly ValidatingDma _dma;

    public ValidatingCore(ICore core, ValidatingDevice device)
    {
        _core = core;
        _device = device;
        _sram = new ValidatingSram(core.Id, core.Sram, device);
        _dma = new ValidatingDma(core.Id, core.Dma, device);
    }

    public int Id => _core.Id;

    public ISram Sram => _sram;

    public IDmaEngine Dma => _dma;

    public PerformanceLevel Level
    {
        get => _core.Level;
        set
        {
            if (!_device.Info.Levels.Contains(value))
            {
                string legal = string.Join(", ", _device.Info.Levels.Select(l => l.Name));
                throw new BadArgumentException($"Core {Id}: performance level '{value.Name}' is not one of {legal}.");
            }
            _core.Level = value;
        }
    }

    internal ValidatingSram SramChecks => _sram;

    public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel
    {
        if (_device.RunningSuperstep is null)
        {
            throw new BadArgumentException($"Core {Id}: kernel '{kernel.Name}' was run outside a superstep.");
        }
        _core.Run(kernel);
    }

    public CoreCounters ReadCounters(Phase phase) => _core.ReadCounters(phase);
}
