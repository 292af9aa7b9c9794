using System.Diagnostics;
using System.Text.Json;
using NeuroHal.Exchange;
using NeuroHal.Exchange.Npz;
using NeuroHal.Results;

namespace NeuroHal.Cli.Tests;

/// <summary>What <c>export</c> and <c>import</c> write, where to, and what becomes of it when something is in the way.</summary>
public sealed class ExportTests(ExportTests.FinishedRun finished) : IClassFixture<ExportTests.FinishedRun>
{
    private readonly Neurohal _neurohal = finished.Neurohal;

    [Theory]
    [InlineData("full.h.part", "full.c", "--test-vectors", "2", "--data", "digits")]
    [InlineData("full.c.part", "full.c", "--test-vectors", "2", "--data", "digits")]
    [InlineData("full_test.h.part", "full.h", "--test-vectors", "2", "--data", "digits")]
    [InlineData("full.onnx.part", "full.onnx")]
    public async Task A_full_disk_is_a_failure_that_leaves_nothing_and_once_there_is_space_all_is_written(string full, string output, params string[] more)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        string[] args = ["export", "run", "--output", output, .. more];
        File.CreateSymbolicLink(In(full), "/dev/full");
        (await _neurohal.RunAsync(args)).FailsWith(1, "cannot be written: No space left on device");
        Assert.Empty(Directory.GetFiles(_neurohal.Folder, "full*"));
        (await _neurohal.RunAsync(args)).Succeeds();
        string[] written = Directory.GetFiles(_neurohal.Folder, "full*");
        Assert.Equal(more.Length > 0 ? 3 : 1, written.Length);
        Array.ForEach(written, File.Delete);
    }

    [Fact]
    public async Task A_place_that_cannot_be_is_wrong_usage()
    {
        (await _neurohal.RunAsync("export", "run", "--output", "nowhere/network.onnx")).FailsWith(2, "cannot be written");
        _neurohal.WithFile("taken_test.h", "mine");
        (await _neurohal.RunAsync("export", "run", "--output", "taken.c", "--test-vectors", "1", "--data", "digits")).FailsWith(2, "'taken_test.h' is there already");
        Assert.False(File.Exists(In("taken.h")) || File.Exists(In("taken.c")));
        Directory.CreateDirectory(In("folder.npz"));
        (await _neurohal.RunAsync("export", "run", "--output", "folder.npz")).FailsWith(2, "'folder.npz' is there already");
    }

    [Theory]
    [InlineData("'x.npz' does not end as files of --format onnx do; name one that ends with .onnx", "--format", "onnx", "--output", "x.npz")]
    [InlineData("'/dev/null' does not end as files of --format c do", "--format", "c", "--output", "/dev/null")]
    [InlineData("'x' does not end as", "--format", "safetensors", "--output", "x")]
    [InlineData("'x.tflite' ends like no format; name a file that ends with .onnx, .npz, .safetensors, .c", "--output", "x.tflite")]
    [InlineData("Which format?")]
    [InlineData("Which format?", "--output", "-")]
    [InlineData("the standard output is one", "--format", "c", "--output", "-")]
    [InlineData("both want the standard output", "--format", "npz", "--output", "-", "--json")]
    [InlineData("Did you mean 'onnx'?", "--format", "onx")]
    [InlineData("--dense is given with --format npz", "--format", "npz", "--dense")]
    [InlineData("--int8 is given with --format onnx; it is for C only", "--output", "x.onnx", "--int8")]
    [InlineData("--test-vectors is given with --format npz; it is for C only", "--output", "x.npz", "--test-vectors", "3")]
    [InlineData("--test-vectors is 0", "--format", "c", "--test-vectors", "0")]
    [InlineData("--test-vectors is 101, but kmnist has 100 test images", "--format", "c", "--test-vectors", "101", "--data", "digits")]
    [InlineData("--data is given, but only --test-vectors and --int8", "--format", "c", "--data", "digits")]
    [InlineData("--dataset is given, but only --test-vectors and --int8", "--format", "npz", "--dataset", "digits")]
    [InlineData("nothere", "--format", "c", "--int8", "--data", "nothere")]
    [InlineData("kmnist", "--format", "c", "--test-vectors", "3")]
    public async Task What_does_not_go_together_is_refused_and_nothing_written(string why, params string[] args)
    {
        string[] before = Directory.GetFiles(_neurohal.Folder);
        (await _neurohal.RunAsync(["export", "run", .. args])).FailsWith(2, why);
        Assert.Equal(before.Order(), Directory.GetFiles(_neurohal.Folder).Order());
    }

    [Fact]
    public async Task A_network_of_no_run_has_no_test_images_unless_they_are_named()
    {
        (await _neurohal.RunAsync("export", "run/network.npz", "--format", "c", "--int8")).FailsWith(2, "name a data set with --dataset");
        (await _neurohal.RunAsync(["export", "run/network.npz", "--output", "named.c", "--int8", .. FewDigits.Options])).Succeeds();
    }

    [Theory]
    [InlineData("npz")]
    [InlineData("safetensors")]
    [InlineData("onnx")]
    public async Task The_standard_output_gets_the_bytes_of_the_file_and_nothing_else(string format)
    {
        (await _neurohal.RunAsync("export", "run", "--output", $"piped.{format}")).Succeeds();
        Neurohal.Outcome piped = await ShellAsync($"neurohal export run --format {format} --output - > {format}.piped");
        piped.Succeeds();
        Assert.Contains("standard output: ", piped.Error, StringComparison.Ordinal);
        Assert.Contains(finished.Run.Weights.Sha256, piped.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(In($"piped.{format}")), File.ReadAllBytes(In($"{format}.piped")));
        Assert.False(File.Exists(In("-")));
    }

    [Fact]
    public async Task The_standard_output_can_be_full_or_go_away_or_be_a_terminal()
    {
        Assert.SkipUnless(File.Exists("/dev/full") && File.Exists("/usr/bin/script"), "There is no /dev/full, or script, which makes a terminal, is not installed.");
        (await ShellAsync("neurohal export run --format npz --output - > /dev/full")).FailsWith(1, "No space left on device");
        Assert.EndsWith("\n0\n", "\n" + (await ShellAsync("neurohal export run --format onnx --dense --output - | head -c 0; echo ${PIPESTATUS[0]}")).Output, StringComparison.Ordinal);
        _neurohal.WithFile("command", $"{Function}neurohal export run --format npz --output -\n");
        Assert.Contains("The standard output is a terminal", (await ShellAsync("script --quiet --command 'bash command' /dev/null < /dev/null")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export", "onnx", "json.onnx", "export", "run", "--output", "json.onnx")]
    [InlineData("export", "c", "json.h", "export", "run", "--output", "json.c")]
    [InlineData("import", null, "json/network.npz", "import", "run/network.npz", "--output", "json")]
    public async Task The_document_says_what_was_written(string command, string? format, string file, params string[] args)
    {
        Neurohal.Outcome outcome = await _neurohal.RunAsync([.. args, "--json"]);
        outcome.Succeeds();
        JsonElement document = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal(1, document.GetProperty("schemaVersion").GetInt32());
        Assert.Equal(command, document.GetProperty("command").GetString());
        JsonElement written = document.GetProperty("files")[0];
        Assert.Equal(file, written.GetProperty("file").GetString());
        Assert.Equal(new FileInfo(In(file)).Length, written.GetProperty("bytes").GetInt64());
        Assert.Equal([784, 10], document.GetProperty("layers").EnumerateArray().Select(l => l.GetInt32()));
        Assert.Equal(finished.Run.Connections.Total, document.GetProperty("connections").GetInt32());
        Assert.Equal(finished.Run.Weights.Sha256, document.GetProperty("weights").GetProperty("sha256").GetString());
        Assert.Equal(format ?? "npz", command == "export" ? document.GetProperty("format").GetString() : document.GetProperty("from").GetProperty("format").GetString());
    }

    [Fact]
    public async Task Eight_bits_are_told_with_what_they_do_to_the_accuracy_and_what_the_code_must_come_to()
    {
        Neurohal.Outcome outcome = await _neurohal.RunAsync("export", "run", "--output", "small.c", "--int8", "--test-vectors", "5", "--data", "digits", "--json");
        outcome.Succeeds();
        JsonElement c = JsonDocument.Parse(outcome.Output).RootElement.GetProperty("c");
        Assert.Equal("int8", c.GetProperty("weights").GetString());
        Assert.Equal(finished.Run.Dataset.Sha256, c.GetProperty("dataset").GetProperty("sha256").GetString());
        Assert.Equal(finished.Run.Accuracy.Test, c.GetProperty("accuracy").GetProperty("float32").GetDouble());
        Assert.InRange(c.GetProperty("accuracy").GetProperty("int8").GetDouble(), 0, 1);
        Assert.Equal((3 * c.GetProperty("connections").GetInt64()) + 40, c.GetProperty("flashBytes").GetInt64());
        Assert.Equal(5, c.GetProperty("testVectors").GetProperty("images").GetInt32());
        foreach (string header in new[] { "small.h", "small_test.h" })
        {
            string text = File.ReadAllText(In(header));
            Assert.Contains($"neurohal.datasetSha256: {finished.Run.Dataset.Sha256}", text, StringComparison.Ordinal);
            Assert.Contains("of the test images; with the network's own weights ", text, StringComparison.Ordinal);
        }
        Neurohal.Outcome said = await _neurohal.RunAsync("export", "run", "--output", "said.c", "--int8", "--test-vectors", "5", "--data", "digits");
        Assert.Contains("of the 100 test images of kmnist; with the network's own ", said.Output, StringComparison.Ordinal);
        Assert.Contains("Test vectors: the first 5 test images of kmnist (SHA-256 ", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_with_a_number_that_is_none_is_taken_nowhere()
    {
        Dictionary<string, NpyArray> arrays = new(NetworkArchive.Arrays(NetworkArchive.Read(In("run/network.npz"))));
        float[] theta = arrays["layer1_theta"].Values<float>();
        theta[3] = float.NaN;
        arrays["layer1_theta"] = NpyArray.Of(theta);
        NpzFile.Write(In("none.npz"), arrays);
        foreach (string[] args in new[] { new[] { "import", "none.npz", "--output", "none" }, ["export", "none.npz", "--format", "onnx"], ["train", "--initial", "none.npz"] })
        {
            (await _neurohal.RunAsync(args)).FailsWith(2, "none.npz: Layer 1 holds NaN for the connection to output ", "no finite number");
        }
        Assert.False(Directory.Exists(In("none")));
    }

    [Fact]
    public async Task What_import_cannot_write_leaves_a_folder_to_import_to()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        Directory.CreateDirectory(In("imported"));
        File.CreateSymbolicLink(In("imported/network.npz.part"), "/dev/full");
        (await _neurohal.RunAsync("import", "run/network.npz", "--output", "imported")).FailsWith(1, "'imported' cannot be written: No space left on device");
        (await _neurohal.RunAsync("import", "run/network.npz", "--output", "imported")).Succeeds();
        (await _neurohal.RunAsync("import", "run/network.npz", "--output", "run/network.npz")).FailsWith(2, "'run/network.npz' is a file");
    }

    private string In(string file) => Path.Combine(_neurohal.Folder, file);

    private async Task<Neurohal.Outcome> ShellAsync(string command)
    {
        using Process process = _neurohal.StartShell("bash", Function + command);
        return await Neurohal.EndOfAsync(process);
    }

    private static string Function { get; } = $"neurohal() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "neurohal.dll")}' \"$@\"; }}\n";

    /// <summary>A run of a small network on a few digits, made once.</summary>
    public sealed class FinishedRun : IAsyncLifetime
    {
        internal Neurohal Neurohal { get; } = new Neurohal().WithFewDigits();

        internal RunRecord Run { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            (await Neurohal.RunAsync(["train", "--backend", "ReferenceCpu", "--output", "run", .. Neurohal.SmallNetwork, .. FewDigits.Options])).Succeeds();
            Run = Assert.Single(RunDirectory.Read(Path.Combine(Neurohal.Folder, "run"))).Run;
        }

        public ValueTask DisposeAsync()
        {
            Neurohal.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
