using System.Xml.Linq;
using NeuroHal.DeepR.Training;
using NeuroHal.Results;

namespace NeuroHal.Reports.Tests;

public sealed class ReportFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_report_is_one_page_and_its_pictures_as_SVG_and_PNG()
    {
        WrittenReport report = ReportFolder.Write([Some.Folder(_folder["run"])], _folder["report"]);
        string[] files = [.. Directory.EnumerateFiles(_folder["report"]).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
        Assert.Equal(1 + (2 * report.Pictures), files.Length);
        string page = File.ReadAllText(report.Page);
        Assert.All(files.Where(f => f != ReportFolder.Page), f => Assert.Contains($"href=\"{f}\"", page, StringComparison.Ordinal));
        Assert.All(files.Where(f => f.EndsWith(".svg", StringComparison.Ordinal)), f => Assert.Equal("svg", XDocument.Load(Path.Combine(_folder["report"], f)).Root!.Name.LocalName));
        Assert.All(files.Where(f => f.EndsWith(".png", StringComparison.Ordinal)), f =>
        {
            byte[] png = File.ReadAllBytes(Path.Combine(_folder["report"], f));
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
            Assert.True(png.Length > 500, $"{f} has {png.Length} B");
        });
        Assert.Contains("accuracy.svg", files);
        Assert.Contains("rewired.svg", files);
        Assert.Contains("run1-timeline.png", files);
        Assert.Contains("run1-memory-core0.png", files);
        Assert.Contains("network1-layer1-pixels.png", files);
    }

    [Fact]
    public void The_page_takes_nothing_from_elsewhere_and_runs_no_script()
    {
        string page = File.ReadAllText(ReportFolder.Write([Some.Folder(_folder["run"])], _folder["report"]).Page);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_runs_make_the_same_files()
    {
        string run = Some.Folder(_folder["run"]);
        ReportFolder.Write([run], _folder["a"]);
        ReportFolder.Write([run], _folder["b"]);
        foreach (string file in Directory.EnumerateFiles(_folder["a"]))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(_folder["b"], Path.GetFileName(file))));
        }
    }

    [Fact]
    public void An_earlier_report_is_replaced_and_that_is_said_and_other_files_stay()
    {
        string run = Some.Folder(_folder["run"]);
        Assert.False(ReportFolder.Write([run], _folder["report"]).Replaced);
        File.WriteAllText(_folder["report/notes.txt"], "mine");
        Assert.True(ReportFolder.Write([run], _folder["report"]).Replaced);
        Assert.Equal("mine", File.ReadAllText(_folder["report/notes.txt"]));
    }

    [Fact]
    public void Names_from_files_are_shown_never_run()
    {
        NetworkSnapshot network = Some.Network(7);
        RunRecord hostile = Some.Run(network, backend: Some.Hostile, name: Some.Hostile);
        string run = Some.Folder(_folder["run"], hostile, network, Some.Timeline(Some.Hostile));
        ReportFolder.Write([run, run], _folder["report"]);
        foreach (string file in Directory.EnumerateFiles(_folder["report"]).Where(f => !f.EndsWith(".png", StringComparison.Ordinal)))
        {
            string text = File.ReadAllText(file);
            Assert.DoesNotContain("<img", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("onerror=\"", text, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Contains("&lt;img src=x onerror=&quot;", File.ReadAllText(_folder["report/index.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_run_is_compared_with_the_first()
    {
        NetworkSnapshot network = Some.Network(7);
        RunRecord first = Some.Run(network);
        RunRecord slower = first with { Time = first.Time with { DeviceSecondsTraining = 5 }, Training = first.Training with { Seed = 9 } };
        string page = File.ReadAllText(ReportFolder.Write([Some.Folder(_folder["a"], first, network), Some.Folder(_folder["b"], slower, network)], _folder["report"]).Page);
        Assert.Contains("2.500 &#215;", page, StringComparison.Ordinal);
        Assert.Contains("Not the same in all of these runs: seed 1 and 9.", page, StringComparison.Ordinal);
        Assert.Contains("bit-identical", page, StringComparison.Ordinal);
        Assert.Contains("b: Chip (plain), paper", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Energy_comes_with_its_bounds_and_what_is_assumed()
    {
        string page = File.ReadAllText(ReportFolder.Write([Some.Folder(_folder["run"])], _folder["report"]).Page);
        Assert.Contains("modelled [200.0, 900.0] mJ, 17 % assumed", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">energy, modelled</th>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_without_a_meter_has_no_energy_rather_than_none_used()
    {
        NetworkSnapshot network = Some.Network(7);
        string run = Some.Folder(_folder["run"], Some.Run(network, withEnergy: false), network);
        string page = File.ReadAllText(ReportFolder.Write([run], _folder["report"]).Page);
        Assert.Contains("no meter", page, StringComparison.Ordinal);
        Assert.DoesNotContain("0 J", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Cores_whose_times_were_not_measured_are_not_shown_as_busy()
    {
        NetworkSnapshot network = Some.Network(7);
        RunRecord record = Some.Run(network, cores: 2, withEnergy: false) with { Kernels = null };
        string Row(RunRecord run, string name)
        {
            string page = File.ReadAllText(ReportFolder.Write([Some.Folder(_folder[name], run, network)], _folder[$"{name}-report"]).Page);
            return page[page.LastIndexOf("By core", StringComparison.Ordinal)..];
        }

        TimeRecord unmeasured = record.Time with { Cores = [.. record.Time.Cores.Select(c => c with { BusySeconds = null, WaitingSeconds = null })] };
        const string ThreeDashes = "<td>–</td><td>–</td><td>–</td>"; // share, computing, waiting
        Assert.DoesNotContain(ThreeDashes, Row(record, "measured"), StringComparison.Ordinal);
        Assert.Contains(ThreeDashes, Row(record with { Time = unmeasured }, "unmeasured"), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_cores_still_make_a_page_to_read()
    {
        NetworkSnapshot network = Some.Network(7);
        string run = Some.Folder(_folder["run"], Some.Run(network, cores: 152), network, Some.Timeline(cores: 152));
        WrittenReport report = ReportFolder.Write([run], _folder["report"]);
        Assert.InRange(new FileInfo(report.Page).Length, 10_000, 400_000);
        Assert.InRange(report.Pictures, 5, 25);
        string page = File.ReadAllText(report.Page);
        Assert.Contains("All 152 cores", page, StringComparison.Ordinal);
        Assert.Contains("148 tracks of further cores are left out", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_which_only_the_result_is_left_is_reported()
    {
        string run = Some.Folder(_folder["run"]);
        foreach (string file in new[] { RunFiles.Network, RunFiles.InitialNetwork, RunFiles.Timeline })
        {
            File.Delete(Path.Combine(run, file));
        }
        string page = File.ReadAllText(ReportFolder.Write([run], _folder["report"]).Page);
        Assert.DoesNotContain("id=\"timeline\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"#network\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_result_is_named()
    {
        Directory.CreateDirectory(_folder["empty"]);
        BadArgumentException error = Assert.Throws<BadArgumentException>(() => ReportFolder.Write([_folder["empty"]], _folder["report"]));
        Assert.Contains(_folder["empty"], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunFiles.Result, "{ \"schemaVersion\": 1 }")]
    [InlineData(RunFiles.Network, "no archive")]
    [InlineData(RunFiles.InitialNetwork, "no archive")]
    [InlineData(RunFiles.Timeline, "")]
    [InlineData(RunFiles.Timeline, "{}")]
    [InlineData(RunFiles.Timeline, "{\"traceEvents\":[]}")]
    [InlineData(RunFiles.Timeline, "{\"traceEvents\":[{\"ph\":\"X\",\"ts\":1,\"dur\":2,\"cat\":\"Wait\"")]
    [InlineData(RunFiles.Timeline, "{\"traceEvents\":[{\"ph\":\"X\",\"name\":\"a\",\"tid\":1,\"ts\":1,\"dur\":-5,\"cat\":\"Wait\"}]}")]
    [InlineData(RunFiles.Timeline, "{\"traceEvents\":[{\"ph\":\"X\",\"name\":\"a\",\"tid\":1,\"ts\":\"now\",\"dur\":1,\"cat\":\"Wait\"}]}")]
    [InlineData(RunFiles.Timeline, "{\"traceEvents\":[{\"ph\":\"M\",\"name\":\"thread_name\",\"tid\":1,\"args\":{\"name\":\"core 0\"}},{\"ph\":\"X\",\"name\":\"a\",\"tid\":1,\"ts\":1,\"dur\":9,\"cat\":\"Nap\"}]}")]
    public void A_damaged_file_is_named_and_no_report_made(string file, string content)
    {
        string run = Some.Folder(_folder["run"]);
        File.WriteAllText(Path.Combine(run, file), content);
        BadDataException error = Assert.Throws<BadDataException>(() => ReportFolder.Write([run], _folder["report"]));
        Assert.Contains(Path.Combine(run, file), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.False(Directory.Exists(_folder["report"]));
    }

    [Fact]
    public void A_network_of_another_run_is_found_out()
    {
        string run = Some.Folder(_folder["run"]);
        Exchange.NetworkArchive.Write(Path.Combine(run, RunFiles.Network), Some.Network(8));
        BadDataException error = Assert.Throws<BadDataException>(() => ReportFolder.Write([run], _folder["report"]));
        Assert.Contains("not the network of result.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_cannot_be_written_says_where()
    {
        string run = Some.Folder(_folder["run"]);
        File.WriteAllText(_folder["report"], "a file");
        BadArgumentException error = Assert.Throws<BadArgumentException>(() => ReportFolder.Write([run], _folder["report"]));
        Assert.Contains(_folder["report"], error.Message, StringComparison.Ordinal);
    }
}
