using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace NeuroHal.Cli.Tests;

public sealed class ReportTests
{
    private static readonly string[] _short = ["train", .. FewDigits.Options, "--layers", "784-20-10", "--connectivity", "0.01,0.3", "--limit", "60", "--epochs", "2"];

    [Fact]
    public async Task Runs_are_reported_beside_themselves_or_where_it_is_asked_for()
    {
        using Neurohal neurohal = new Neurohal().WithFewDigits();
        Assert.Equal(0, (await neurohal.RunAsync([.. _short, "--output", "run"])).Code);
        Neurohal.Outcome report = await neurohal.RunAsync("report", "run");
        Assert.True(report.Code == 0, report.Error);
        Assert.Contains("Report of 1 run: run/report/index.html", report.Output, StringComparison.Ordinal);
        string page = File.ReadAllText(Path.Combine(neurohal.Folder, "run", "report", "index.html"));
        Assert.Contains("SpiNNaker2Emu (spinnaker2-prototype), paper", page, StringComparison.Ordinal);
        Assert.Contains("Timeline", page, StringComparison.Ordinal);

        Neurohal.Outcome again = await neurohal.RunAsync("report", "run", "run", "--output", "elsewhere");
        Assert.Contains("Report of 2 runs: elsewhere/index.html", again.Output, StringComparison.Ordinal);
        (await neurohal.RunAsync("report", "nowhere")).FailsWith(2, "'nowhere' holds no run");
        File.WriteAllText(Path.Combine(neurohal.Folder, "run", "timeline.json"), "{");
        (await neurohal.RunAsync("report", "run")).FailsWith(2, "timeline.json", "no trace");
    }

    [Fact]
    public async Task A_run_that_is_watched_comes_to_the_same_figures()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Neurohal neurohal = new Neurohal().WithFewDigits();
        string[] fourCores = [.. _short, "--cores", "4"];
        Assert.Equal(0, (await neurohal.RunAsync([.. fourCores, "--output", "alone"])).Code);
        using Process process = neurohal.Start([.. fourCores, "--output", "watched", "--live"]);
        Uri address = await AddressOfAsync(process);
        Assert.Equal(IPAddress.Loopback.ToString(), address.Host);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        string seen = await client.GetStringAsync(new Uri(address, "events"), cancellation);
        Neurohal.Outcome outcome = await Neurohal.EndOfAsync(process);
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Contains("event: view", seen, StringComparison.Ordinal);
        Assert.Contains("The run is complete", seen, StringComparison.Ordinal);
        Assert.Contains("Receptive fields", seen, StringComparison.Ordinal);
        Assert.Equal(Figures(neurohal, "alone"), Figures(neurohal, "watched"));
    }

    [Fact]
    public async Task Who_watches_does_not_keep_a_run_from_being_interrupted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM to send.");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Neurohal neurohal = new Neurohal().WithFewDigits();
        using Process process = neurohal.Start(["train", .. FewDigits.Options, "--epochs", "500", "--live", "--output", "run"]);
        Uri address = await AddressOfAsync(process);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Task<string> seen = client.GetStringAsync(new Uri(address, "events"), cancellation);
        await Task.Delay(500, cancellation);
        Neurohal.Signal(process.Id, "TERM");
        Neurohal.Outcome outcome = await Neurohal.EndOfAsync(process);
        Assert.Equal(130, outcome.Code);
        Assert.Contains("event: end", await seen, StringComparison.Ordinal);
    }

    private static async Task<Uri> AddressOfAsync(Process process)
    {
        const string Says = "Live view: ";
        return new Uri((await Neurohal.LineAsync(process, Says))[Says.Length..]);
    }

    /// <summary>What a run came to, without what the host's clock shows.</summary>
    private static string Figures(Neurohal neurohal, string run)
    {
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(Path.Combine(neurohal.Folder, run, "result.json")));
        JsonElement root = result.RootElement;
        JsonElement time = root.GetProperty("time");
        return string.Join('\n', [
            .. new[] { "accuracy", "connections", "memory", "kernels", "energy", "weights" }.Select(p => root.GetProperty(p).GetRawText()),
            .. new[] { "deviceSeconds", "deviceSecondsTraining", "samplesPerSecond", "cores" }.Select(p => time.GetProperty(p).GetRawText()),
            File.ReadAllText(Path.Combine(neurohal.Folder, run, "timeline.json")),
        ]);
    }
}
