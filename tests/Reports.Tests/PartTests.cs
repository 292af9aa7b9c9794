using NeuroHal.DeepR.Training;
using NeuroHal.Reports.Charts;
using NeuroHal.Reports.Drawing;
using NeuroHal.Reports.Page;
using NeuroHal.Reports.Runs;
using NeuroHal.Reports.Timelines;
using NeuroHal.Results;

namespace NeuroHal.Reports.Tests;

public sealed class PartTests
{
    [Fact]
    public void Markup_encodes_every_value_but_markup()
    {
        string value = "<b title=\"x\">&'\u001b[2J\u202e";
        Html html = Html.Of($"<p title=\"{value}\">{new Html("<i>")}{1.5:0.00}</p>");
        Assert.Equal("<p title=\"&lt;b title=&quot;x&quot;&gt;&amp;&#39;\\u001b[2J\\u202e\"><i>1.50</p>", html.Text);
    }

    [Fact]
    public void A_long_path_is_drawn_to_its_end()
    {
        var stroke = new Stroke([.. Enumerable.Range(0, 2000).Select(i => ((double)i, (double)(i % 7)))], Ink.C1);
        var cells = new Cells(0, 0, 1, 1, [.. Enumerable.Range(0, 784).Select(i => (i % 28, i / 28))], Ink.C1, 1);
        string svg = SvgInk.Inline(new Picture(10, 10, "many", [stroke, cells])).Text;
        Assert.Equal(1999, svg.Count(c => c == 'L'));
        Assert.Equal(784, svg.Split("h1v1h-1z").Length - 1);
    }

    [Theory]
    [InlineData(0, 1, 0, 1)]
    [InlineData(0, 3552, 0, 4000)]
    [InlineData(0, 0.00064, 0, 0.0008)]
    [InlineData(5, 5, 5, 6)]
    public void An_axis_holds_its_numbers_between_round_marks(double low, double high, double from, double to)
    {
        Axis axis = Axis.Around(low, high);
        Assert.Equal(from, axis.From, 9);
        Assert.Equal(to, axis.To, 9);
        Assert.InRange(axis.Marks.Count(), 2, 8);
    }

    [Fact]
    public void Turnover_counts_kept_connections_and_changed_signs()
    {
        var before = new NetworkSnapshot([new LayerSnapshot(4, 4, 4, [new(0, 0, 1, false), new(0, 1, 1, false), new(1, 2, 1, true), new(3, 3, 1, false)])]);
        var after = new NetworkSnapshot([new LayerSnapshot(4, 4, 4, [new(0, 0, 2, false), new(1, 2, 1, false), new(2, 2, 1, true)])]);
        Turnover turnover = Assert.Single(Turnover.Between(before, after));
        Assert.Equal(new Turnover(1, 4, 3, 2, 1), turnover);
        Assert.Equal(0.5, turnover.KeptShare);
    }

    [Fact]
    public void A_memory_map_is_to_scale_and_tells_what_is_free()
    {
        var core = new CoreMemoryRecord(3, 65_536, 32_768, [new("code of kernels", 16_384), new("layer 1 theta", 16_384)]);
        Picture map = MemoryMap.Draw(core);
        Box[] boxes = [.. map.Shapes.OfType<Box>()];
        Assert.Equal(2, boxes.Length);
        Assert.Equal(boxes[0].Y + 100, boxes[1].Y, 6); // a quarter of the 400 units that all of it has
        Assert.Contains(map.Shapes.OfType<Label>(), l => l.Text == "free");
        Assert.Contains(map.Shapes.OfType<Label>(), l => l.Text == "32,768");
        Assert.Contains("core 3", map.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_memory_without_limit_is_drawn_to_the_scale_of_the_others()
    {
        var core = new CoreMemoryRecord(0, null, 32_768, [new("code of kernels", 16_384), new("layer 1 theta", 16_384)]);
        double[] At(long scale) => [.. MemoryMap.Draw(core, scale).Shapes.OfType<Box>().Select(b => b.Y)];
        Assert.Equal([24, 124], At(65_536));
        Assert.Equal([24, 224], At(0));
        Assert.Equal([24, 224], At(1_024)); // holds more than the others could: by itself
    }

    [Fact]
    public void Small_pieces_of_a_memory_are_named_by_what_they_belong_to_and_no_names_lie_on_each_other()
    {
        RegionRecord[] regions = [.. Enumerable.Range(0, 30).SelectMany(i => new RegionRecord[] { new($"layer {i} rows", 1_000), new($"layer {i} count", 8), new("tally", 8) })];
        Label[] names = [.. MemoryMap.Draw(new(0, 65_536, 30_480, regions)).Shapes.OfType<Label>()];
        Assert.Contains(names, n => n.Text == "layer 7 (2)");
        Assert.DoesNotContain(names, n => n.Text.Contains('…', StringComparison.Ordinal));
        double[] rows = [.. names.Where(n => n.Text.StartsWith("layer", StringComparison.Ordinal) || n.Text is "tally" or "free").Select(n => n.Y)];
        Assert.Equal(61, rows.Length);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(pair.Second > pair.First));
        Assert.All(rows, y => Assert.InRange(y, 24, 430));
    }

    [Fact]
    public void A_figure_that_the_first_run_has_not_is_compared_with_the_first_that_has_it()
    {
        using var folder = new TempFolder();
        NetworkSnapshot network = Some.Network(7);
        string[] runs =
        [
            Some.Folder(folder["a"], Some.Run(network, backend: "Host", name: "cpu", withEnergy: false), network),
            Some.Folder(folder["b"], Some.Run(network, backend: "First"), network),
            Some.Folder(folder["c"], Some.Run(network, backend: "Second") with { Energy = Some.Run(network).Energy! with { Joules = 0.2 } }, network),
        ];
        string page = File.ReadAllText(ReportFolder.Write(runs, folder["report"]).Page);
        Assert.Contains("to the first run, Host (cpu), paper; of energy, average power, which it has not, to First (plain), paper.", page, StringComparison.Ordinal);
        Assert.Contains("<td>200.0 mJ<span class=\"ratio\">0.400 ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_one_name_are_told_apart_by_their_folders_before_anything_is_cut_off()
    {
        using var folder = new TempFolder();
        NetworkSnapshot network = Some.Network(7);
        RunRecord run = Some.Run(network, backend: "SpiNNaker2Emu", name: "spinnaker2-prototype");
        string[] runs = [Some.Folder(folder["rewired"], run, network), Some.Folder(folder["fixed"], run, network)];
        string chart = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ReportFolder.Write(runs, folder["report"]).Page)!, "accuracy.svg"));
        Assert.Contains(">rewired: SpiNNaker2Emu", chart, StringComparison.Ordinal);
        Assert.Contains(">fixed: SpiNNaker2Emu", chart, StringComparison.Ordinal);

        string page = File.ReadAllText(ReportFolder.Write([runs[0], runs[0]], folder["report"]).Page);
        Assert.Contains("1, rewired: SpiNNaker2Emu", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_unread_are_counted()
    {
        var layer = new LayerSnapshot(4, 2, 3, [new(0, 0, 1, false), new(0, 3, 1, false), new(1, 3, 1, true)]);
        Assert.Equal(2, LayerPictures.ImageSide(layer));
        Picture picture = LayerPictures.Pixels([("now", layer)], 2);
        Assert.Contains("2 pixels unread", picture.Description, StringComparison.Ordinal);
        Assert.Equal([(0, 0)], picture.Shapes.OfType<Cells>().First().At);
        Assert.Equal([(1, 1)], picture.Shapes.OfType<Cells>().Last().At);
    }

    [Fact]
    public void A_timeline_larger_than_the_reader_holds_is_read_and_its_end_shown()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["timeline.json"], Some.Timeline(kernel: new string('k', 100_000), cores: 7, samples: 20));
        RecordedTimeline timeline = RecordedTimeline.Read(folder["timeline.json"]);
        Assert.Equal(["core 0", "core 1", "core 2", "core 3"], timeline.Tracks.Select(t => t.Name));
        Assert.Equal(3, timeline.TracksLeftOut);
        Assert.Equal(2000, timeline.RecordedMicroseconds, 6);
        Assert.Equal(300, timeline.Microseconds, 6);
        Assert.Equal(6, timeline.Tracks[0].Spans.Count);
        TimelineLayout layout = TimelineLayout.Of(timeline);
        Mark first = layout.Rows[0].Marks[0];
        Assert.Equal((0, 0.2), (first.From, Math.Round(first.To, 9)));
    }

    [Theory]
    [InlineData(0.6416, "641.6 mJ")]
    [InlineData(39.165, "39.17 J")]
    [InlineData(1.413e-5, "14.13 µJ")]
    [InlineData(0, "0 J")]
    public void Figures_have_four_digits_and_a_unit(double joules, string text) => Assert.Equal(text, Words.Joules(joules));
}
