using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using NeuroHal.Checkpoints;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Planning;

namespace NeuroHal.Cli.Reports;

/// <summary>Writes <c>result.json</c>: everything a run came to, for programs to read.</summary>
internal static class ResultFile
{
    public const string Name = "result.json";
    public const string FailureName = "failure.json";

    public const int SchemaVersion = 1;

    private static readonly JsonSerializerOptions _format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Takes the output folder for this run, and makes sure that it holds no result yet.</summary>
    /// <returns>Holds the folder; null where none was named.</returns>
    /// <exception cref="BadArgumentException">It holds a result, another run is writing to it, or it cannot be made.</exception>
    public static RunLock? Prepare(string? folder)
    {
        if (folder is null)
        {
            return null;
        }
        RequireNone(folder);
        var held = RunLock.Take(folder);
        try
        {
            RequireNone(folder); // that another run may have written meanwhile
            // Better to learn now than after training that nothing can be written here.
            string probe = Path.Combine(folder, Name + DurableFile.PartialSuffix);
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

    /// <summary>A document as JSON, in the form that all have.</summary>
    public static string ToJson(object document) => JsonSerializer.Serialize(document, _format);

    /// <summary>The result of one run, as a document.</summary>
    public static object Document(RunResult run) => Of("train", run);

    /// <summary>The results of several runs, as a document.</summary>
    public static object Document(string command, IReadOnlyList<RunResult> runs) =>
        new { SchemaVersion, Command = command, Runs = runs.Select(r => Of("train", r)) };

    /// <summary>Writes the result of one run.</summary>
    public static void Write(string? folder, RunResult run) => Write(folder, Document(run));

    /// <summary>Writes the results of several runs.</summary>
    public static void Write(string? folder, string command, IReadOnlyList<RunResult> runs) => Write(folder, Document(command, runs));

    /// <summary>Writes what a device's fault made of a run: there is no result, but it is known what was put into the device.</summary>
    public static void WriteFailure(string? folder, RunSettings settings, DeviceFaultException error, InjectedFaults faults) => Write(
        folder,
        new
        {
            SchemaVersion,
            Command = "train",
            Backend = new { Id = settings.Backend },
            settings.Preset,
            settings.Training,
            Error = new { Kind = error.GetType().Name, error.Message },
            Faults = faults,
        },
        FailureName);

    /// <summary>Writes a result that is a document already.</summary>
    public static void WriteDocument(string? folder, object document) => Write(folder, document);

    private static void Write(string? folder, object result, string name = Name)
    {
        if (folder is null)
        {
            return;
        }
        DurableFile.Write(Path.Combine(folder, name), stream => JsonSerializer.Serialize(stream, result, _format));
    }

    private static void RequireNone(string folder)
    {
        if (File.Exists(Path.Combine(folder, Name)))
        {
            throw new BadArgumentException($"'{folder}' already holds a {Name}; it is kept. Name another folder with --output.");
        }
    }

    private static object Of(string command, RunResult run) => new
    {
        SchemaVersion,
        Command = command,
        Backend = new { Id = run.Device.Backend, Version = run.BackendVersion, run.Device.Profile, run.Device.Kind },
        Dataset = new
        {
            run.Dataset.Name,
            run.Dataset.Sha256,
            run.Dataset.Origin,
            Train = run.Dataset.Train.Count,
            Validation = run.Dataset.Validation?.Count ?? 0,
            Test = run.Dataset.Test.Count,
        },
        Preset = run.Preset,
        run.Training,
        Accuracy = new
        {
            Test = run.TestAccuracy,
            Validation = run.Epochs.Count > 0 ? run.Epochs[^1].Validation : null,
            Curve = run.Epochs,
        },
        Connections = new
        {
            Total = run.Network.Connections,
            run.Training.Budget,
            MaxActive = run.Network.PeakConnections,
            Fraction = (double)run.Network.PeakConnections / run.Training.Possible,
        },
        Memory = Memory(run.Plan),
        Time = new
        {
            run.WallSeconds,
            DeviceSeconds = run.Counters.Elapsed.Seconds,
            DeviceSecondsTraining = run.Counters[Phase.Train].Elapsed.Seconds,
            run.SamplesPerSecond,
        },
        Energy = Energy(run.Counters[Phase.Train]),
        Weights = new { run.Network.Sha256 },
        run.Faults,
        run.NonFinite,
        run.CountersSince,
        Environment = new
        {
            Os = RuntimeInformation.OSDescription,
            Cpu = Processor(),
            Dotnet = RuntimeInformation.FrameworkDescription,
            ProductVersion.Version,
            ProductVersion.Commit,
        },
    };

    /// <summary>A memory plan, as part of a document.</summary>
    public static object Memory(MemoryPlan plan) => new
    {
        Cores = plan.Cores.Select(core => new
        {
            Id = core.Core,
            CapacityBytes = core.Capacity?.Count,
            UsedBytes = core.Needed.Count,
            Breakdown = core.Regions.Select(r => new { r.Name, Bytes = r.Size.Count }),
        }),
    };

    private static object? Energy(PhaseCounters training) => training.Energy is not { } reading ? null : new
    {
        Joules = reading.Total.Value,
        reading.Total.Low,
        reading.Total.High,
        reading.Method,
        reading.AssumedShare,
        AverageWatts = reading.Total.AverageWatts(training.Elapsed),
        Breakdown = reading.ByDomain.ToDictionary(d => d.Key.ToString(), d => d.Value.Value),
    };

    private static string Processor()
    {
        const string Linux = "/proc/cpuinfo";
        string? line = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
