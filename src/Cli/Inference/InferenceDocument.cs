using System.Text.Json.Serialization;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Planning;
using NeuroHal.Results;

namespace NeuroHal.Cli.Inference;

/// <summary>What putting a trained network on a device and running images through it came to: the part that is the same of every verb.</summary>
internal record InferenceDocument
{
    /// <summary>Measures it. To be called when the images are through.</summary>
    public InferenceDocument(string command, IDevice device, string backendVersion, InferenceSettings settings, NetworkSource source, MemoryPlan plan, int images)
    {
        PhaseCounters counters = device.ReadCounters()[Phase.Evaluate];
        Command = command;
        Backend = new BackendRecord(device.Info.Backend, backendVersion, device.Info.Profile, device.Info.Kind);
        Device = GivenSettings.Of(device.Info, settings.Device, settings.Configuration);
        Network = new NetworkRecord(source.Network.Sizes, source.Network.Connections);
        Lanes = plan.Lanes;
        WeightPlacement = settings.Options.Weights;
        Memory = ResultFile.Memory(plan);
        Time = InferenceTime.Of(counters, device.Info.Kind, images, plan.Lanes);
        Kernels = ResultFile.Kernels(device.Find<IKernelProfile>()?.ReadKernels(Phase.Evaluate));
        Energy = ResultFile.Energy(counters);
        EnergyPerImage = Energy is null ? null : EnergyOfAnImage.Of(Energy, images);
        Weights = new WeightsRecord(source.Network.Sha256);
        Environment = ResultFile.Host();
    }

    [JsonPropertyOrder(-1)]
    public int SchemaVersion { get; } = ResultFile.SchemaVersion;

    [JsonPropertyOrder(-1)]
    public string Command { get; }

    [JsonPropertyOrder(-1)]
    public BackendRecord Backend { get; }

    [JsonPropertyOrder(-1)]
    public DeviceSettings Device { get; }

    [JsonPropertyOrder(-1)]
    public NetworkRecord Network { get; }

    /// <summary>The samples a core works on at once.</summary>
    public int Lanes { get; }

    public WeightPlacement WeightPlacement { get; }

    public MemoryRecord Memory { get; }

    public InferenceTime Time { get; }

    /// <summary>By kernel and core; null where the device does not count that.</summary>
    public KernelRecord[]? Kernels { get; }

    /// <summary>Of all images; null where the device has no meter.</summary>
    public EnergyRecord? Energy { get; }

    /// <summary>In the mean, with the bounds that the whole has.</summary>
    public EnergyOfAnImage? EnergyPerImage { get; }

    public WeightsRecord Weights { get; }

    public EnvironmentRecord Environment { get; }
}

/// <summary>A network's size.</summary>
/// <param name="Layers">The layer sizes, input first.</param>
/// <param name="Connections">The connections it has.</param>
internal sealed record NetworkRecord(IReadOnlyList<int> Layers, int Connections);

/// <summary>The time of inference on the device's clock.</summary>
/// <param name="DeviceSeconds">Of all images.</param>
/// <param name="SamplesPerSecond">The images in a second.</param>
/// <param name="SecondsPerImage">Of an image, in the mean.</param>
/// <param name="LatencySeconds">From fetching the images that a core works on at once to their classes, in the mean.</param>
/// <param name="StartIncluded">Whether it is so short on a host that compiling the program as it starts is a good part of it.</param>
/// <param name="Cores">By core.</param>
internal sealed record InferenceTime(
    double DeviceSeconds, double SamplesPerSecond, double SecondsPerImage, double LatencySeconds, bool StartIncluded, IReadOnlyList<CoreTimeRecord> Cores)
{
    public static InferenceTime Of(PhaseCounters counters, DeviceKind kind, int images, int lanes)
    {
        double seconds = counters.Elapsed.Seconds;
        int groups = (images + lanes - 1) / lanes;
        return new(
            seconds, seconds > 0 ? images / seconds : 0, seconds / images, seconds / groups, HostTime.IncludesStart(kind, seconds), [.. counters.Cores.Select(ResultFile.Times)]);
    }
}

/// <summary>The energy of an image in the mean.</summary>
/// <param name="Joules">The figure.</param>
/// <param name="Low">Its lower bound.</param>
/// <param name="High">Its upper bound.</param>
internal sealed record EnergyOfAnImage(double Joules, double Low, double High)
{
    public static EnergyOfAnImage Of(EnergyRecord all, int images) => new(all.Joules / images, all.Low / images, all.High / images);
}
