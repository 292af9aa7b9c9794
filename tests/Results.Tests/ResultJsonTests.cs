using System.Text;
using System.Text.Json.Nodes;

namespace NeuroHal.Results.Tests;

/// <summary><c>result.json</c>: what is written is what is read, and what is read makes sense.</summary>
public sealed class ResultJsonTests
{
    [Fact]
    public void A_result_comes_back_with_everything_in_it()
    {
        RunRecord back = ResultJson.ReadRun(Json(SampleRun.Whole));
        Assert.Equal(ResultJson.Text(SampleRun.Whole), ResultJson.Text(back));
        Assert.Equal(SampleRun.Whole.Training.Rewiring, back.Training.Rewiring);
        Assert.Equal(SampleRun.Whole.NonFinite, back.NonFinite);
        Assert.Equal(SampleRun.Whole.CountersSince, back.CountersSince);
        Assert.Equal(SampleRun.Whole.Accuracy.Curve, back.Accuracy.Curve);
        Assert.Equal(SampleRun.Whole.Device!.Backend, back.Device!.Backend);
        Assert.Equal(1_000_000_000_000, back.Time.Cores[0].BusyCycles);
    }

    [Fact]
    public void Names_are_in_camel_case_and_enumerations_are_words()
    {
        JsonNode json = JsonNode.Parse(ResultJson.Text(SampleRun.Whole))!;
        Assert.Equal("emulation", (string?)json["backend"]!["kind"]);
        Assert.Equal("cosine", (string?)json["training"]!["schedule"]);
        Assert.Equal(0.9375, (double?)json["accuracy"]!["test"]);
        Assert.Equal(0.5, (double?)json["energy"]!["breakdown"]!["coreDynamic"]);
    }

    [Fact]
    public void What_a_run_may_lack_may_be_missing()
    {
        JsonObject json = Parsed();
        foreach (string name in new[] { "device", "kernels", "energy", "faults", "nonFinite", "countersSince" })
        {
            json.Remove(name);
        }
        RunRecord run = ResultJson.ReadRun(Json(json));
        Assert.Null(run.Energy);
        Assert.Null(run.NonFinite);
        Assert.Null(run.Device);
    }

    [Fact]
    public void What_a_later_version_of_the_program_adds_is_passed_by()
    {
        JsonObject json = Parsed();
        json["somethingNew"] = 1;
        Assert.Equal(0.9375, ResultJson.ReadRun(Json(json)).Accuracy.Test);
    }

    [Fact]
    public void Results_side_by_side_are_read_as_several_and_a_single_one_as_one()
    {
        var both = new ComparisonRecord(RunRecord.CurrentSchema, "compare", [SampleRun.Whole, SampleRun.Whole with { Preset = "paper" }]);
        Assert.Equal(["fast", "paper"], ResultJson.ReadRuns(Encoding.UTF8.GetBytes(ResultJson.Text(both))).Select(r => r.Preset));
        Assert.Equal(["fast"], ResultJson.ReadRuns(Json(SampleRun.Whole)).Select(r => r.Preset));
    }

    [Theory]
    [InlineData("schemaVersion", "2", "version 2")]
    [InlineData("schemaVersion", "0", "version 0")]
    [InlineData("accuracy.test", "1.5", "between 0 and 1")]
    [InlineData("accuracy.curve[0].epoch", "2", "epochs do not follow")]
    [InlineData("accuracy.curve[1]", "null", "epochs do not follow")]
    [InlineData("accuracy.curve", "null", "no result")]
    [InlineData("memory.cores", "[]", "memory")]
    [InlineData("memory.cores[0].usedBytes", "-1", "memory")]
    [InlineData("memory.cores[0].capacityBytes", "-1", "memory")]
    [InlineData("memory.cores[0].breakdown[0].bytes", "-1", "less than nothing")]
    [InlineData("memory.cores[0].breakdown[0]", "null", "less than nothing")]
    [InlineData("time.cores[0]", "null", "no times")]
    [InlineData("kernels[0]", "null", "kernel has no name")]
    [InlineData("training.layers", "[784]", "training:layers")]
    [InlineData("training.momentum", "7", "training:momentum")]
    [InlineData("training.schedule", "\"sideways\"", "no result")]
    [InlineData("training.schedule", "1", "no result")]
    [InlineData("backend.id", "\"../elsewhere\"", "no name")]
    [InlineData("backend.id", "\"a\\\\b\"", "no name")]
    [InlineData("preset", "\"/etc\"", "no name")]
    [InlineData("device.backend", "{ \"profile\": null }", "a setting of its device")]
    [InlineData("device.backend", "{ \"profile\": \"a\", \"Profile\": \"b\" }", "a setting of its device")]
    [InlineData("device.backend", "null", "no result")]
    [InlineData("weights", "null", "no result")]
    [InlineData("command", "null", "no result")]
    [InlineData("accuracy.test", "\"high\"", "$.accuracy.test is not what it is to be")]
    public void A_result_that_contradicts_itself_is_refused_for_what_is_wrong_with_it(string path, string value, string why)
    {
        JsonObject json = Parsed();
        Set(json, path, JsonNode.Parse(value));
        string message = Assert.Throws<BadDataException>(() => ResultJson.ReadRun(Json(json))).Message;
        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("{}", "it lacks 'schemaVersion', 'command', 'backend'")]
    [InlineData("[]", "line 1: what is there is not what it is to be")]
    [InlineData("{\n\"schemaVersion\": \"one\"}", "line 2: $.schemaVersion is not what it is to be")]
    public void What_is_wrong_is_told_without_names_of_types(string text, string why)
    {
        string message = Assert.Throws<BadDataException>(() => ResultJson.ReadRuns(Encoding.UTF8.GetBytes(text))).Message;
        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.DoesNotContain("NeuroHal.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"runs\": [null], \"schemaVersion\": 1, \"command\": \"compare\"}")]
    [InlineData("{\"runs\": 7}")]
    [InlineData("\"text\"")]
    public void What_is_no_result_is_refused(string text) =>
        Assert.Throws<BadDataException>(() => ResultJson.ReadRuns(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Every_cut_of_a_result_is_refused()
    {
        byte[] whole = Json(SampleRun.Whole);
        for (int length = 0; length < whole.Length - 1; length += 7)
        {
            Assert.Throws<BadDataException>(() => ResultJson.ReadRun(whole.AsSpan(0, length)));
        }
    }

    private static void Set(JsonObject json, string path, JsonNode? value)
    {
        string[] steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        JsonNode at = json;
        foreach (string step in steps[..^1])
        {
            at = step[0] == '[' ? at[int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
        }
        if (steps[^1][0] == '[')
        {
            at[int.Parse(steps[^1][1..^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            at[steps[^1]] = value;
        }
    }

    private static JsonObject Parsed() => JsonNode.Parse(ResultJson.Text(SampleRun.Whole))!.AsObject();

    private static byte[] Json(RunRecord run) => Encoding.UTF8.GetBytes(ResultJson.Text(run));

    private static byte[] Json(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
