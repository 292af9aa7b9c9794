using System.Text.Json;
using NeuroHal.Calibration.Cases;
using NeuroHal.Calibration.Machine;

namespace NeuroHal.Calibration.Reports;

/// <summary>Both sides' counts of each case as JSON, to fit the kernels' accounts by.</summary>
internal static class CountsFile
{
    private static readonly JsonSerializerOptions _format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(string file, IEnumerable<Outcome> outcomes) => File.WriteAllText(file, JsonSerializer.Serialize(
        outcomes.Select(o => new
        {
            o.Case.Kernel,
            o.Case.Shape,
            Output = o.Difference ?? "equal",
            MachineCode = Counts(o.Traced),
            Emulator = Counts(o.Counted),
            MachineCodeCycles = o.TracedCycles,
            EmulatorCycles = o.EmulatedCycles,
        }),
        _format));

    private static Dictionary<string, long> Counts(Histogram histogram) =>
        Histogram.Classes.Where(c => histogram[c] != 0).ToDictionary(c => c.ToString(), c => histogram[c]);
}
