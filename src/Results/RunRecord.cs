using NeuroHal.DeepR;
using NeuroHal.DeepR.Metrics;

namespace NeuroHal.Results;

/// <summary>What one run came to: the content of its <c>result.json</c>.</summary>
public sealed record RunRecord
{
    /// <summary>The schema's version that is written, and the latest that can be read.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The schema's version.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The verb of the command line.</summary>
    public required string Command { get; init; }

    /// <summary>Where it ran.</summary>
    public required BackendRecord Backend { get; init; }

    /// <summary>What its device was set to; null in results of programs that did not record it.</summary>
    public DeviceSettings? Device { get; init; }

    /// <summary>What it learnt from.</summary>
    public required DatasetRecord Dataset { get; init; }

    /// <summary>The preset that settings were taken from.</summary>
    public required string Preset { get; init; }

    /// <summary>Every setting of training.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>The digest of the network it began with; null where it drew one.</summary>
    public WeightsRecord? Initial { get; init; }

    /// <summary>How well it did.</summary>
    public required AccuracyRecord Accuracy { get; init; }

    /// <summary>How many connections it had.</summary>
    public required ConnectionsRecord Connections { get; init; }

    /// <summary>NeuroBench's complexity metrics; null where they were not taken, as of a network that faults left unsound.</summary>
    public NetworkMetrics? Metrics { get; init; }

    /// <summary>What it held in memory.</summary>
    public required MemoryRecord Memory { get; init; }

    /// <summary>What time it took.</summary>
    public required TimeRecord Time { get; init; }

    /// <summary>Training by kernel and core; null where the device does not count that.</summary>
    public IReadOnlyList<KernelRecord>? Kernels { get; init; }

    /// <summary>The energy of training; null where the device has no meter.</summary>
    public EnergyRecord? Energy { get; init; }

    /// <summary>The network's digest.</summary>
    public required WeightsRecord Weights { get; init; }

    /// <summary>The faults put into the device on purpose; null where none were asked for.</summary>
    public InjectedFaults? Faults { get; init; }

    /// <summary>The number by which training diverged; null where it did not.</summary>
    public NonFiniteNumber? NonFinite { get; init; }

    /// <summary>From where on time and energy count, where the run was resumed on another device; null for the start.</summary>
    public CountersSince? CountersSince { get; init; }

    /// <summary>The host it ran on.</summary>
    public required EnvironmentRecord Environment { get; init; }
}

/// <summary>A backend and its device.</summary>
/// <param name="Id">The backend's id.</param>
/// <param name="Version">The plugin's version.</param>
/// <param name="Profile">The device's profile.</param>
/// <param name="Kind">Whether it is hardware, an emulation or a processor.</param>
public sealed record BackendRecord(string Id, string Version, string Profile, DeviceKind Kind);

/// <summary>A data set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">The digest of its images and labels, as hex.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="Train">The images trained on.</param>
/// <param name="Validation">The images held out of training.</param>
/// <param name="Test">The images it was tested on.</param>
public sealed record DatasetRecord(string Name, string Sha256, string Origin, int Train, int Validation, int Test);

/// <summary>Shares of images classified rightly, 0 to 1.</summary>
/// <param name="Test">Of the test images, after training.</param>
/// <param name="Validation">Of the images held out, after the last epoch; null where there are none.</param>
/// <param name="Curve">Epoch by epoch.</param>
public sealed record AccuracyRecord(double Test, double? Validation, IReadOnlyList<EpochResult> Curve);

/// <summary>Numbers of connections.</summary>
/// <param name="Total">At the end.</param>
/// <param name="Budget">As many as there may be.</param>
/// <param name="MaxActive">As many as there were at most.</param>
/// <param name="Fraction"><paramref name="MaxActive"/> as a share of a dense network's.</param>
public sealed record ConnectionsRecord(int Total, int Budget, int MaxActive, double Fraction);

/// <summary>Each core's local memory.</summary>
/// <param name="Cores">The cores, by id.</param>
public sealed record MemoryRecord(IReadOnlyList<CoreMemoryRecord> Cores);

/// <summary>One core's local memory.</summary>
/// <param name="Id">The core.</param>
/// <param name="CapacityBytes">What it has; null for no limit.</param>
/// <param name="UsedBytes">What is taken.</param>
/// <param name="Breakdown">By what, in the order of addresses.</param>
public sealed record CoreMemoryRecord(int Id, long? CapacityBytes, long UsedBytes, IReadOnlyList<RegionRecord> Breakdown);

/// <summary>A named piece of local memory.</summary>
/// <param name="Name">What it holds.</param>
/// <param name="Bytes">Its size.</param>
public sealed record RegionRecord(string Name, long Bytes);

/// <summary>Time.</summary>
/// <param name="WallSeconds">On the host's clock, all in all.</param>
/// <param name="DeviceSeconds">On the device's clock, all in all.</param>
/// <param name="DeviceSecondsTraining">On the device's clock, in training.</param>
/// <param name="SamplesPerSecond">Samples trained on in a second of device time.</param>
public sealed record TimeRecord(double WallSeconds, double DeviceSeconds, double DeviceSecondsTraining, double SamplesPerSecond)
{
    /// <summary>Whether training was so short on a host that compiling the program as it starts is a good part of its time (<see cref="HostTime"/>).</summary>
    public bool StartIncluded { get; init; }

    /// <summary>Training by core.</summary>
    public IReadOnlyList<CoreTimeRecord> Cores { get; init; } = [];
}

/// <summary>What one core did in training.</summary>
/// <param name="Id">The core.</param>
/// <param name="BusySeconds">Time it computed; null where the device does not measure cores one by one.</param>
/// <param name="WaitingSeconds">Time it waited; likewise.</param>
/// <param name="BusyCycles">Cycles it computed; 0 where the device does not count them.</param>
/// <param name="KernelCalls">Kernels it ran.</param>
/// <param name="DmaLoadedBytes">Bytes loaded from external memory.</param>
/// <param name="DmaStoredBytes">Bytes stored to external memory.</param>
/// <param name="NocSentBytes">Bytes sent to other cores.</param>
public sealed record CoreTimeRecord(
    int Id, double? BusySeconds, double? WaitingSeconds, long BusyCycles, long KernelCalls, long DmaLoadedBytes, long DmaStoredBytes, long NocSentBytes);

/// <summary>All calls of one kernel on one core in training.</summary>
/// <param name="Core">The core.</param>
/// <param name="Name">The kernel.</param>
/// <param name="Calls">How often it ran.</param>
/// <param name="Cycles">Its cycles.</param>
/// <param name="Seconds">Its time.</param>
/// <param name="Joules">What switched while it ran and the core's static energy in that time.</param>
public sealed record KernelRecord(int Core, string Name, long Calls, long Cycles, double Seconds, double Joules);

/// <summary>The energy of training.</summary>
/// <param name="Joules">The figure.</param>
/// <param name="Low">Its lower bound.</param>
/// <param name="High">Its upper bound.</param>
/// <param name="Method">Whether it was measured or modelled.</param>
/// <param name="AssumedShare">The share of it that rests on assumed constants, 0 to 1.</param>
/// <param name="AverageWatts">The power it amounts to.</param>
/// <param name="Breakdown">Joules by domain.</param>
public sealed record EnergyRecord(
    double Joules, double Low, double High, EnergyMethod Method, double AssumedShare, double AverageWatts, IReadOnlyDictionary<string, double> Breakdown);

/// <summary>A network's digest.</summary>
/// <param name="Sha256">As hex, of all connections.</param>
public sealed record WeightsRecord(string Sha256);

/// <summary>A host.</summary>
/// <param name="Os">Its operating system.</param>
/// <param name="Cpu">Its processor.</param>
/// <param name="Dotnet">Its runtime.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Commit">The program's commit; null where it was not built from one.</param>
public sealed record EnvironmentRecord(string Os, string Cpu, string Dotnet, string Version, string? Commit);
