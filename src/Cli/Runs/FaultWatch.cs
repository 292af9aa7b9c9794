using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using NeuroHal.Results;

namespace NeuroHal.Cli.Runs;

/// <summary>Says, when a fault ends a run before its result, what faults had been put into its device by then.</summary>
internal sealed class FaultWatch(RunSettings settings, Terminal terminal)
{
    private IDevice? _device;

    /// <summary>Whether faults were asked for.</summary>
    public bool IsOn { get; private set; }

    /// <summary>The device that the run is on.</summary>
    public void Watch(IDevice device)
    {
        _device = device;
        IsOn = InjectedFaults.Of(device) is not null;
    }

    /// <summary>The run ended with a fault of the device.</summary>
    public void Tell(DeviceFaultException error)
    {
        if (IsOn && InjectedFaults.Of(_device!) is { } faults)
        {
            terminal.Talk($"Faults injected: {faults.Injected}; detected by the device: {faults.Detected}.");
            ResultFile.WriteFailure(settings.Output, settings, error, faults);
        }
    }
}
