using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Settings;
using NeuroHal.Cli.Sweeping;
using NeuroHal.Fuzz.Mutations;
using NeuroHal.Sweeps.Planning;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A specification of a sweep.</summary>
internal sealed class SweepSpecReader(string folder) : FuzzedReader
{
    private const int RunsLookedAt = 3;

    private readonly string _file = Path.Combine(folder, "sweep.json");

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        """{ "sweep": { "grid": { "training:seed": [1, 2, 3] } } }"""u8.ToArray(),
        """
        {
          "preset": "fast", "dataset": { "name": "digits", "limit": 100 }, "training": { "connectivity": [0.01, 0.03, 0.3] },
          "sweep": {
            "list": [{ "backend": "ReferenceCpu", "device:cores": 1 }, { "device:level": "PL1", "backends:SpiNNaker2Emu:profile": "spinnaker2" }],
            "random": {
              "count": 4, "seed": 2,
              "keys": {
                "training:learningRate": { "distribution": "log-uniform", "from": 0.001, "to": 0.1 },
                "training:l1": { "from": 0, "to": 1e-4 }, "training:epochs": { "distribution": "integer", "from": 1, "to": 3 },
                "training:schedule": { "distribution": "choice", "values": ["constant", "cosine"] }
              }
            },
            "grid": { "training:connectivity": [[0.01, 0.03, 0.3], "0.02,0.03,0.3"], "training:seed": [1, 2] },
            "slurm": { "partition": "long", "exclusive": true }
          }
        }
        """u8.ToArray(),
    ];

    public override IEnumerable<string> Read(byte[] input)
    {
        File.WriteAllBytes(_file, input);
        SweepSettings sweep = SweepSettings.Read(_file, new Dictionary<string, string?>());
        var lines = new List<string> { sweep.Output, $"{sweep.Spec.Count}", string.Join(' ', sweep.Spec.Keys) };
        foreach (IReadOnlyDictionary<string, string> values in sweep.Spec.Combinations().Take(RunsLookedAt))
        {
            IReadOnlyDictionary<string, string?> settings = sweep.With(values);
            RunSettings run = RunSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
            lines.Add($"{RunId.Of(settings.Select(s => KeyValuePair.Create(s.Key, s.Value!)))} {run.Training.Budget}");
        }
        return lines;
    }

    protected override byte[] Mutate(byte[] input, Dice dice) => JsonMutator.Mutate(input, dice, Seeds);
}
