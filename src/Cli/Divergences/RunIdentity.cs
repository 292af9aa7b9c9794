using System.Text.Json;
using System.Text.Json.Serialization;
using NeuroHal.Cli.Runs;
using NeuroHal.Cli.Settings;
using NeuroHal.Lockstep.Recording;

namespace NeuroHal.Cli.Divergences;

/// <summary>All that a run's results depend on, as a recording says it.</summary>
internal static class RunIdentity
{
    private const string Lanes = "lanes";
    private const string Cores = "cores";

    private static readonly JsonSerializerOptions _format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static RunDescription Of(RunSettings settings, LoadedDataset data) => new(settings.Backend,
    [
        new("dataset", data.Name),
        new("dataset SHA-256", data.Sha256),
        new("training images", $"{data.Train.Count}"),
        new("validation images", $"{data.Validation?.Count ?? 0}"),
        new("test images", $"{data.Test.Count}"),
        new(Cores, $"{settings.Device.Cores}"),
        .. settings.Initial is { } initial ? new[] { new KeyValuePair<string, string>("initial network", initial.Sha256) } : [],
        .. JsonSerializer.SerializeToElement(settings.Training, _format).EnumerateObject()
            .Select(p => new KeyValuePair<string, string>(p.Name, p.Value.GetRawText())),
    ]);

    /// <summary>Makes sure that what is to be run is what was recorded.</summary>
    /// <exception cref="BadArgumentException">It is not; the message names the first setting that differs.</exception>
    public static void Require(RecordingReader recording, RunSettings settings, LoadedDataset data)
    {
        if (Of(settings, data).FirstDifference(recording.Run) is { } first)
        {
            throw new BadArgumentException(
                $"The recording is of another run: its {first.Name} is {first.There ?? "not set"}, here it is {first.Here ?? "not set"}.");
        }
    }

    /// <summary>The lanes that were recorded; null where that cannot be told.</summary>
    public static int? LanesOf(RecordingReader recording) =>
        recording.Run.Settings.Where(s => s.Key == Lanes).Select(s => int.TryParse(s.Value, out int lanes) ? lanes : (int?)null).FirstOrDefault();
}
