using System.Runtime.InteropServices;
using NeuroHal.Checkpoints;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Planning;
using NeuroHal.Exchange;
using NeuroHal.Results;

namespace NeuroHal.Cli.Reports;

/// <summary>Writes <c>result.json</c>: everything a run came to, for programs to read.</summary>
internal static class ResultFile
{
    /// <summary>The schema's version, for documents that are not of runs.</summary>
    public const int SchemaVersion = RunRecord.CurrentSchema;

    /// <summary>Takes the output folder for this run, and makes sure that it holds no result yet.</summary>
    /// <param name="folder">The folder; null where none was named.</param>
    /// <param name="goesOn">Whether it is that of a run which is gone on with.</param>
    /// <returns>Holds the folder; null where none was named.</returns>
    /// <exception cref="BadArgumentException">It holds a result or something that is not of a run, another run is writing to it, or it cannot be made.</exception>
    public static RunLock? Prepare(string? folder, bool goesOn = false)
    {
        if (folder is null)
        {
            return null;
        }
        RequireNone(folder);
        if (!goesOn)
        {
            OutputFolder.RequireFree(folder);
        }
        var held = RunLock.Take(folder);
        try
        {
            RequireNone(folder); // that another run may have written meanwhile
            // Better to learn now than after training that nothing can be written here.
            string probe = Path.Combine(folder, RunFiles.Result + DurableFile.PartialSuffix);
            File.WriteAllBytes(probe, new byte[1]);
            File.Delete(probe);
            return held;
        }
        catch (Exception e)
        {
            held.Dispose();
            throw e is IOException or UnauthorizedAccessException or ArgumentException
                ? new BadArgumentException($"The output folder '{folder}' cannot be written: {e.Message}", e)
                : e;
        }
    }

    /// <summary>The result of one run, as a document.</summary>
    public static RunRecord Document(RunResult run) => Of("train", run);

    /// <summary>The results of several runs, as a document.</summary>
    public static ComparisonRecord Document(string command, IReadOnlyList<RunResult> runs) =>
        new(SchemaVersion, command, [.. runs.Select(Document)]);

    /// <summary>Writes the result of one run and its network.</summary>
    public static void Write(string? folder, RunResult run)
    {
        if (folder is not null)
        {
            NetworkArchive.Write(Path.Combine(folder, RunFiles.Network), run.Network);
            WriteDocument(folder, Document(run));
        }
    }

    /// <summary>Writes a result that is a document already.</summary>
    public static void WriteDocument<T>(string? folder, T document)
    {
        if (folder is not null)
        {
            Write(folder, document, RunFiles.Result);
        }
    }

    /// <summary>Writes what a device's fault made of a run: there is no result, but it is known what was put into the device.</summary>
    public static void WriteFailure(string? folder, RunSettings settings, DeviceFaultException error, InjectedFaults faults)
    {
        if (folder is not null)
        {
            var failure = new
            {
                SchemaVersion = RunRecord.CurrentSchema,
                Command = "train",
                Backend = new { Id = settings.Backend },
                settings.Preset,
                settings.Training,
                Error = new { Kind = error.GetType().Name, error.Message },
                Faults = faults,
            };
            Write(folder, failure, RunFiles.Failure);
        }
    }

    private static void Write<T>(string folder, T result, string name) =>
        DurableFile.Write(Path.Combine(folder, name), stream => ResultJson.Write(stream, result));

    private static void RequireNone(string folder)
    {
        if (File.Exists(Path.Combine(folder, RunFiles.Result)))
        {
            throw new BadArgumentException($"'{folder}' already holds a {RunFiles.Result}; it is kept. Name another folder with --output.");
        }
    }

    private static RunRecord Of(string command, RunResult run) => new()
    {
        SchemaVersion = RunRecord.CurrentSchema,
        Command = command,
        Backend = new BackendRecord(run.Device.Backend, run.BackendVersion, run.Device.Profile, run.Device.Kind),
        Device = run.DeviceSettings,
        Dataset = new DatasetRecord(
            run.Dataset.Name, run.Dataset.Sha256, run.Dataset.Origin, run.Dataset.Train.Count, run.Dataset.Validation?.Count ?? 0, run.Dataset.Test.Count),
        Preset = run.Preset,
        Training = run.Training,
        Initial = run.Initial is null ? null : new WeightsRecord(run.Initial.Sha256),
        Accuracy = new AccuracyRecord(run.TestAccuracy, run.Epochs.Count > 0 ? run.Epochs[^1].Validation : null, run.Epochs),
        Connections = new ConnectionsRecord(
            run.Network.Connections, run.Training.Budget, run.Network.PeakConnections, (double)run.Network.PeakConnections / run.Training.Possible),
        Metrics = run.Metrics,
        Memory = Memory(run.Plan),
        Time = new TimeRecord(run.WallSeconds, run.Counters.Elapsed.Seconds, run.Counters[Phase.Train].Elapsed.Seconds, run.SamplesPerSecond)
        {
            StartIncluded = HostTime.IncludesStart(run.Device.Kind, run.Counters[Phase.Train].Elapsed.Seconds),
            Cores = [.. run.Counters[Phase.Train].Cores.Select(Times)],
        },
        Kernels = Kernels(run.Kernels),
        Energy = Energy(run.Counters[Phase.Train]),
        Weights = new WeightsRecord(run.Network.Sha256),
        Faults = run.Faults,
        NonFinite = run.NonFinite,
        CountersSince = run.CountersSince,
        Environment = Host(),
    };

    /// <summary>What each core holds.</summary>
    public static MemoryRecord Memory(MemoryPlan plan) => new([.. plan.Cores.Select(core => new CoreMemoryRecord(
        core.Core, core.Capacity?.Count, core.Needed.Count, [.. core.Regions.Select(r => new RegionRecord(r.Name, r.Size.Count))]))]);

    /// <summary>Cost by kernel and core.</summary>
    public static KernelRecord[]? Kernels(IReadOnlyList<KernelCounters>? kernels) =>
        kernels?.Select(k => new KernelRecord(k.Core, k.Name, k.Calls, k.Busy.Count, k.Time.Seconds, k.Energy.Value)).ToArray();

    /// <summary>What a core did.</summary>
    public static CoreTimeRecord Times(CoreCounters core)
    {
        bool isMeasured = core.BusyTime > SimTime.Zero || core.WaitingTime > SimTime.Zero;
        return new(
            core.Core,
            isMeasured ? core.BusyTime.Seconds : null,
            isMeasured ? core.WaitingTime.Seconds : null,
            core.Busy.Count,
            core.KernelCalls,
            core.DmaLoaded.Count,
            core.DmaStored.Count,
            core.NocSent.Count);
    }

    /// <summary>The energy of a phase; null where the device has no meter.</summary>
    public static EnergyRecord? Energy(PhaseCounters training) => training.Energy is not { } reading ? null : new EnergyRecord(
        reading.Total.Value,
        reading.Total.Low,
        reading.Total.High,
        reading.Method,
        reading.AssumedShare,
        reading.Total.AverageWatts(training.Elapsed),
        reading.ByDomain.ToDictionary(d => d.Key.ToString(), d => d.Value.Value));

    /// <summary>The host that this runs on.</summary>
    public static EnvironmentRecord Host() =>
        new(RuntimeInformation.OSDescription, Processor(), RuntimeInformation.FrameworkDescription, ProductVersion.Version, ProductVersion.Commit);

    private static string Processor()
    {
        const string Linux = "/proc/cpuinfo";
        string? line = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
