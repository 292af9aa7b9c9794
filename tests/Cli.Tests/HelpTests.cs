using System.CommandLine;
using System.Text.Json;
using NeuroHal.Cli.Help;
using NeuroHal.Cli.Settings;
using SkiaSharp;
using Spectre.Console.Testing;

namespace NeuroHal.Cli.Tests;

/// <summary>The help of every command, and what is said of words that do not exist.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    private static readonly RootCommand _root = CommandLine.Create(new Terminal(new TestConsole(), new TestConsole()), new OutputOptions());

    public static TheoryData<string> Commands => [.. All(_root, "").Select(c => c.Path)];

    public void Dispose() => _neurohal.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_has_the_same_sections_and_examples_that_are_understood(string path)
    {
        Command command = All(_root, "").Single(c => c.Path == path).Command;
        Neurohal.Outcome help = await _neurohal.RunAsync([.. Words(path), "--help"]);
        Assert.Equal((0, ""), (help.Code, help.Error));
        string[] sections = [.. help.Output.Split('\n').Where(l => l.Length > 1 && l[0] != ' ' && l.EndsWith(':'))];
        string[] order =
        [
            "Description:", "Usage:", "Arguments:", "Options:", "Commands:", "Examples:", "Output:", "Exit codes:", "Environment:", "Files:",
        ];
        Assert.Equal(sections.OrderBy(s => Array.IndexOf(order, s)), sections);
        Assert.All(new[] { "Description:", "Usage:", "Options:", "Examples:" }, section => Assert.Contains(section, sections));
        Assert.All(Declarations.ExamplesOf(command), example =>
        {
            Assert.Contains($"\n  neurohal {example.Line}\n", help.Output, StringComparison.Ordinal);
            Assert.Empty(_root.Parse(WithoutShell(example.Line)).Errors);
            Assert.StartsWith(path, example.Line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Every_example_works()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1", "a long test; set NEUROHAL_LONG_TESTS=1 to run it.");
        _neurohal.With("NEUROHAL__DATASET__LIMIT", "200");
        _neurohal.WithFile("spec.json", """{ "dataset": { "name": "digits" }, "training": { "epochs": 1 }, "sweep": { "grid": { "training:seed": [1, 2] } } }""");
        using var dark = new SKBitmap(28, 28);
        using SKData png = dark.Encode(SKEncodedImageFormat.Png, 100);
        foreach (string picture in new[] { "seven.png", "a.png", "b.png" })
        {
            await File.WriteAllBytesAsync(Path.Combine(_neurohal.Folder, picture), png.ToArray(), TestContext.Current.CancellationToken);
        }
        foreach (string line in All(_root, "").SelectMany(c => Declarations.ExamplesOf(c.Command)).Select(e => e.Line).Distinct())
        {
            if (line.Contains("mnist", StringComparison.Ordinal) || line.Contains("plugins/", StringComparison.Ordinal) || line.Contains("slurm", StringComparison.Ordinal))
            {
                continue; // what is not here: the net, a folder of plugins in the working folder, and a cluster
            }
            Neurohal.Outcome run = await _neurohal.RunProcessAsync(WithoutShell(line));
            Assert.True(run.Code == 0, $"{line}\n{run.Error}");
        }
    }

    [Theory]
    [InlineData("Did you mean 'train'?", "trian")]
    [InlineData("Did you mean 'verify'?", "backends", "verfy", "SpiNNaker2Emu")]
    [InlineData("Did you mean '--epochs'?", "train", "--epoch", "3")]
    [InlineData("Did you mean '--quiet'?", "plan", "--quite")]
    [InlineData("Did you mean 'SpiNNaker2Emu'?", "plan", "--backend", "Spinaker2emu")]
    [InlineData("Did you mean 'fast'?", "plan", "--preset", "fats")]
    [InlineData("Did you mean 'mnist'?", "train", "--dataset", "mnits")]
    [InlineData("Did you mean 'mnist'?", "data", "fetch", "minst")]
    [InlineData("Did you mean 'training:epochs'?", "plan", "--set", "training:epoch=3")]
    [InlineData("Did you mean 'halving'?", "plan", "--set", "training:schedule=havling")]
    [InlineData("Did you mean 'deep-r'?", "plan", "--rewiring", "deepr")]
    [InlineData("Did you mean 'per-phase'?", "plan", "--policy", "perphase")]
    [InlineData("Did you mean 'PL1'?", "plan", "--level", "P1")]
    [InlineData("'always'", "plan", "--color", "sometimes")]
    [InlineData("Did you mean '--invert'?", "predict", "run1", "a.png", "--invrt", "yes")]
    [InlineData("Did you mean '--output'?", "report", "run1", "--outpt", "x")]
    [InlineData("Did you mean 'profile'?", "plan", "--set", "backends:SpiNNaker2Emu:profil=x")]
    [InlineData("Did you mean 'training:seed'?", "settings", "training:sead")]
    public async Task A_slip_is_told_what_may_have_been_meant(string question, params string[] args) =>
        (await _neurohal.RunAsync(args)).FailsWith(2, question);

    [Fact]
    public async Task After_two_hyphens_a_word_is_a_file_whatever_it_looks_like() =>
        (await _neurohal.RunAsync("report", "--", "--outpt")).FailsWith(2, "'--outpt' holds no run");

    [Fact]
    public async Task Help_is_a_word_as_well()
    {
        Neurohal.Outcome word = await _neurohal.RunAsync("help", "predict");
        word.Succeeds();
        Assert.Equal((await _neurohal.RunAsync("predict", "--help")).Output, word.Output);
    }

    [Fact]
    public async Task Every_setting_is_listed_with_its_meaning()
    {
        Neurohal.Outcome run = await _neurohal.RunAsync("settings", "--json");
        run.Succeeds();
        using var document = JsonDocument.Parse(run.Output);
        JsonElement[] settings = [.. document.RootElement.GetProperty("settings").EnumerateArray()];
        Assert.Equal(ConfigurationKeys.All.Order(StringComparer.Ordinal), settings.Select(s => s.GetProperty("key").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(settings, s => Assert.NotEmpty(s.GetProperty("meaning").GetString()!));
    }

    [Theory]
    [InlineData("backends:SpiNNaker2Emu:profile", "backends:ID:...")]
    [InlineData("training:lanes", "A divisor of training:minibatch")]
    [InlineData("training:rewiring:policy", "deep-r, set, static")]
    public async Task Settings_are_told_by_their_keys_and_values(string prefix, string told)
    {
        Neurohal.Outcome run = await _neurohal.RunAsync("settings", prefix);
        run.Succeeds();
        Assert.Contains(told, run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_in_a_file_is_told_too() =>
        (await _neurohal.WithFile("my.json", """{ "trianing": { "epochs": 3 } }""").RunAsync("plan", "--config", "my.json"))
            .FailsWith(2, "unknown setting 'trianing:epochs'", "Did you mean 'training:epochs'?");

    [Theory]
    [InlineData("fly")]
    [InlineData("plan", "--preset", "zebra")]
    [InlineData("plan", "--set", "colour:of:the:sky=blue")]
    public async Task What_is_like_nothing_gets_no_guess(params string[] args)
    {
        Neurohal.Outcome run = await _neurohal.RunAsync(args);
        run.FailsWith(2, "nknown ");
        Assert.DoesNotContain("Did you mean", run.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Path, Command Command)> All(Command command, string path) =>
        command.Subcommands.Where(c => !c.Hidden).SelectMany(c => All(c, $"{path} {c.Name}".Trim())).Prepend((path, command));

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] WithoutShell(string line) => Words(line.Split(" > ")[0]);
}
