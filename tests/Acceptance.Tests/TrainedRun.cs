using System.Text.Json;

namespace NeuroHal.Acceptance.Tests;

/// <summary>What a run's <c>result.json</c> says.</summary>
internal sealed record TrainedRun(double Accuracy, long MaxActive, long LargestCoreBytes, string Weights, string Talk)
{
    /// <summary>Trains as a user would, in a process of its own.</summary>
    public static async Task<TrainedRun> TrainAsync(params string[] options)
    {
        using var neurohal = new Neurohal();
        if (Environment.GetEnvironmentVariable("NEUROHAL_DATA") is { Length: > 0 } data)
        {
            neurohal.With("NEUROHAL_DATA", data);
        }
        Neurohal.Outcome run = await neurohal.RunProcessAsync(["train", .. options, "--output", "run"]);
        Assert.True(run.Code == 0, $"exit code {run.Code}\n{run.Output}\n{run.Error}");
        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(
            Path.Combine(neurohal.Folder, "run", "result.json"), TestContext.Current.CancellationToken));
        JsonElement root = result.RootElement;
        return new TrainedRun(
            root.GetProperty("accuracy").GetProperty("test").GetDouble(),
            root.GetProperty("connections").GetProperty("maxActive").GetInt64(),
            root.GetProperty("memory").GetProperty("cores").EnumerateArray().Max(c => c.GetProperty("usedBytes").GetInt64()),
            root.GetProperty("weights").GetProperty("sha256").GetString()!,
            run.Error);
    }
}
