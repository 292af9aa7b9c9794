using System.Text;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange;
using NeuroHal.Results;

namespace NeuroHal.Reports.Tests;

/// <summary>Runs to report on.</summary>
internal static class Some
{
    /// <summary>A text that does something wherever it is taken for markup.</summary>
    public const string Hostile = "<img src=x onerror=\"document.title='owned'\">&'";

    public static NetworkSnapshot Network(int seed, int side = 6) => new([Layer(side * side, 8, 3, seed), Layer(8, 4, 2, seed + 1)]);

    public static RunRecord Run(NetworkSnapshot network, int cores = 1, string backend = "Chip", string name = "plain", bool withEnergy = true) => new()
    {
        SchemaVersion = 1,
        Command = "train",
        Backend = new BackendRecord(backend, "1.2.3", name, withEnergy ? DeviceKind.Emulation : DeviceKind.Host),
        Device = new DeviceSettings { Level = "PL3", Policy = name, Backend = new Dictionary<string, string> { [name] = name } },
        Dataset = new DatasetRecord(name, new string('a', 64), name, 100, 0, 50),
        Preset = "paper",
        Training = Presets.Paper with { Layers = [network.Layers[0].Inputs, 8, 4], Connectivity = [0.1, 0.25], Epochs = 2 },
        Accuracy = new AccuracyRecord(0.75, null,
        [
            new EpochResult(1, 0.5, null, 1.5) { Connections = 32, Rewired = 40, DeviceSeconds = 1, Joules = withEnergy ? 0.25 : null },
            new EpochResult(2, 0.7, null, 1.1) { Connections = 32, Rewired = 21, DeviceSeconds = 2, Joules = withEnergy ? 0.5 : null },
        ]),
        Connections = new ConnectionsRecord(32, 40, 32, 0.1),
        Memory = new MemoryRecord([.. Enumerable.Range(0, cores).Select(i => new CoreMemoryRecord(i, 65_536, 40_000 + i,
            [new("code of kernels", 8_352), new("layer 1 theta", 20_000), new("layer 1 count", 8), new(name, 11_640 + i)]))]),
        Time = new TimeRecord(3, 2.5, 2, 100)
        {
            Cores = [.. Enumerable.Range(0, cores).Select(i => new CoreTimeRecord(i, 1.5, 0.5, 1000, 100, 10, 20, 30))],
        },
        Kernels = [.. Enumerable.Range(0, cores).SelectMany(i => new[] { new KernelRecord(i, "sparse-forward", 60, 600, 0.9, 0.3 / cores), new KernelRecord(i, name, 40, 400, 0.5, 0.1 / cores) })],
        Energy = withEnergy
            ? new EnergyRecord(0.5, 0.2, 0.9, EnergyMethod.Modelled, 0.17, 0.25, new Dictionary<string, double> { ["coreDynamic"] = 0.4, ["sram"] = 0.1 })
            : null,
        Weights = new WeightsRecord(network.Sha256),
        Environment = new EnvironmentRecord(name, name, ".NET", "0.1.0", null),
    };

    /// <summary>A timeline of as many samples as are recorded, on some cores.</summary>
    public static string Timeline(string kernel = "sparse-forward", int cores = 1, int samples = 20)
    {
        var text = new StringBuilder("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[");
        string Quoted(string name) => System.Text.Json.JsonSerializer.Serialize(name);
        for (int core = 0; core < cores; core++)
        {
            text.Append($"{{\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":1,\"tid\":{core + 1},\"args\":{{\"name\":\"core {core}\"}}}},");
            for (int sample = 0; sample < samples; sample++)
            {
                text.Append($"{{\"ph\":\"X\",\"name\":{Quoted(kernel)},\"cat\":\"Compute\",\"pid\":1,\"tid\":{core + 1},\"ts\":{(100 * sample) + 1000},\"dur\":60}},")
                    .Append($"{{\"ph\":\"X\",\"name\":\"wait at barrier\",\"cat\":\"Wait\",\"pid\":1,\"tid\":{core + 1},\"ts\":{(100 * sample) + 1060},\"dur\":40}},");
            }
        }
        return text.ToString().TrimEnd(',') + "]}";
    }

    /// <summary>Fills a folder as a run does.</summary>
    public static string Folder(string folder, RunRecord? run = null, NetworkSnapshot? network = null, string? timeline = null)
    {
        network ??= Network(7);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, RunFiles.Result), ResultJson.Text(run ?? Run(network)));
        NetworkArchive.Write(Path.Combine(folder, RunFiles.Network), network);
        NetworkArchive.Write(Path.Combine(folder, RunFiles.InitialNetwork), Network(1, (int)Math.Sqrt(network.Layers[0].Inputs)));
        File.WriteAllText(Path.Combine(folder, RunFiles.Timeline), timeline ?? Timeline());
        return folder;
    }

    private static LayerSnapshot Layer(int inputs, int outputs, int each, int seed)
    {
        Connection[] connections =
        [
            .. Enumerable.Range(0, outputs).SelectMany(row => Enumerable.Range(0, each)
                .Select(i => ((row * 5) + (i * 7) + (seed * (i + 1))) % inputs).Distinct().Order()
                .Select(column => new Connection((ushort)row, (ushort)column, 0.01f * (row + 1), (row + column) % 2 == 0))),
        ];
        return new LayerSnapshot(inputs, outputs, connections.Length, connections);
    }
}
