using NeuroHal.Cli.Settings;
using NeuroHal.Fuzz.Mutations;

namespace NeuroHal.Fuzz.Readers;

/// <summary>The file <c>neurohal.json</c>.</summary>
internal sealed class ConfigurationReader : FuzzedReader
{
    private readonly string _file;
    private readonly SettingsUse _use;

    public ConfigurationReader(string folder)
    {
        _file = Path.Combine(folder, "neurohal.json");
        _use = new SettingsUse(folder);
    }

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        "{}"u8.ToArray(),
        """
        {
          "backend": "ReferenceCpu", "preset": "paper", "output": "out", "profile": true, "trace": "run.json",
          "training": {
            "layers": [784, 300, 100, 10], "connectivity": [0.01, 0.03, 0.3], "epochs": 3, "minibatch": 16, "lanes": 8,
            "learningRate": 0.05, "schedule": "halving", "momentum": 0.9, "l1": 1e-5, "noise": 0, "initialScale": 0.1, "shift": 1,
            "weights": "sram", "seed": 2, "rewiring": { "policy": "set", "every": 60000, "fraction": 0.3 }
          },
          "dataset": { "name": "kmnist", "folder": null, "limit": 100, "validation": 10, "seed": 1 },
          "device": { "cores": 2 },
          "plugins": { "trust": "any", "pins": { "ReferenceCpu": "00" } },
          "backends": { "ReferenceCpu": { "sramPerCore": 65536, "threads": 1 }, "SpiNNaker2Emu": { "exponentialAccelerator": false } }
        }
        """u8.ToArray(),
        """
        // Comments and a comma too many are legal here.
        {
          "preset": "best", "training": { "layers": "784-300-10", "connectivity": "0.01,0.3" },
          "device": { "cores": 4, "level": "PL3", "policy": "per-phase" },
          "compare": { "findDivergence": true, "ulps": 3, "backends": "ReferenceCpu,SpiNNaker2Emu" },
          "record": { "megabytes": 10 },
          "backends": { "SpiNNaker2Emu": { "profile": "spinnaker2", "threads": 2, "randomAccelerator": true }, },
        }
        """u8.ToArray(),
    ];

    public override IEnumerable<string> Read(byte[] input)
    {
        File.WriteAllBytes(_file, input);
        return _use.Of(LayeredConfiguration.Build(_file, new Dictionary<string, string?>()));
    }

    protected override byte[] Mutate(byte[] input, Dice dice) => JsonMutator.Mutate(input, dice, Seeds);
}
