using System.Text.Json;
using NeuroHal.Sweeps.Planning;
using NeuroHal.Sweeps.Specification;

namespace NeuroHal.Sweeps.Tests;

/// <summary>Sample values.</summary>
internal static class Some
{
    public static PlannedRun Run(int number, string? doesNotFit = null, string backend = "SpiNNaker2Emu", int samples = 100, int epochs = 2) => new()
    {
        Number = number,
        Id = $"{number:D12}",
        Values = new Dictionary<string, string> { ["training:l1"] = $"{number / 2}", ["training:seed"] = $"{number % 2}" },
        Settings = new Dictionary<string, string> { ["training:seed"] = $"{number}" },
        Backend = backend,
        SamplesPerEpoch = samples,
        Epochs = epochs,
        Connections = 1000,
        DoesNotFit = doesNotFit,
    };

    public static SweepSpec Spec(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new SpecReader(new AnyKeys()).Read(document.RootElement.Clone());
    }

    /// <summary>Takes any key there is with a colon in it.</summary>
    private sealed class AnyKeys : ISweepKeys
    {
        public string Require(string key) => key.Contains(':', StringComparison.Ordinal) ? key : throw new BadArgumentException($"unknown setting '{key}'");

        public char SeparatorOf(string key) => ',';
    }
}
