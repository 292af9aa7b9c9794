namespace NeuroHal;

/// <summary>An ability: takes <see cref="DeviceRequest.Faults"/>, and tells which of them came about.</summary>
public interface IFaultReport
{
    /// <summary>The plan in force, in one line; null where no faults were asked for.</summary>
    string? Plan { get; }

    /// <summary>What was put into the device so far, by kind; empty where no faults were asked for.</summary>
    IReadOnlyList<FaultCount> ReadFaults();
}

/// <summary>Faults of one kind.</summary>
/// <param name="Kind">The kind, such as <c>bit flip</c>.</param>
/// <param name="Injected">Those that changed something on the device.</param>
/// <param name="Missed">Those that struck where nothing was kept.</param>
/// <param name="Detected">
/// How often the device itself noticed and raised a <see cref="DeviceFaultException"/>; the others were silent.
/// </param>
public sealed record FaultCount(string Kind, long Injected, long Missed, long Detected);
