using System.Buffers.Binary;

namespace NeuroHal.Cli.Tests;

/// <summary>Wrong input gets one clear line and exit code 2.</summary>
public sealed class WrongInputTests : IDisposable
{
    private readonly Neurohal _neurohal = new();

    public void Dispose() => _neurohal.Dispose();

    [Fact]
    public async Task An_unknown_backend_lists_those_found() =>
        (await _neurohal.RunAsync("train", "--backend", "Loihi")).FailsWith(2, "Unknown backend 'Loihi'", "ReferenceCpu, SpiNNaker2Emu");

    [Fact]
    public async Task An_unknown_option() =>
        (await _neurohal.RunAsync("train", "--epoch", "3")).FailsWith(2, "'--epoch'");

    [Fact]
    public async Task A_backend_that_is_not_pinned_where_only_pinned_ones_may_load() =>
        (await _neurohal.With("NEUROHAL__PLUGINS__TRUST", "pinned").RunAsync("train", "--backend", "ReferenceCpu"))
            .FailsWith(2, "'ReferenceCpu' has no pin", "neurohal backends pin ReferenceCpu");

    [Fact]
    public async Task What_backends_pin_prints_is_a_setting_by_which_the_backend_loads()
    {
        string pin = (await _neurohal.RunAsync("backends", "pin", "referencecpu")).Output.Trim();
        Neurohal.Outcome run = await _neurohal.With("NEUROHAL__PLUGINS__TRUST", "pinned")
            .RunAsync("train", "--backend", "ReferenceCpu", "--limit", "20", "--epochs", "1", "--dataset", "digits", "--set", pin);
        Assert.True(run.Code == 0, run.Error);
    }

    [Fact]
    public async Task An_unknown_verb() =>
        (await _neurohal.RunAsync("trian")).FailsWith(2, "'trian'");

    [Fact]
    public async Task An_unknown_preset() =>
        (await _neurohal.RunAsync("train", "--preset", "slow")).FailsWith(2, "Unknown preset 'slow'", "paper, fast");

    [Fact]
    public async Task Malformed_JSON_names_file_and_line() =>
        (await _neurohal.WithFile("neurohal.json", "{\n  \"training\": {\n    \"epochs\" 3\n  }\n}").RunAsync("train"))
            .FailsWith(2, "neurohal.json", "line 3");

    [Theory]
    [InlineData("train")]
    [InlineData("train", "--verbose")]
    public async Task What_a_file_says_does_not_steer_the_terminal(params string[] command)
    {
        Neurohal.Outcome outcome = await _neurohal.WithFile("neurohal.json", """{ "preset": "\u001b[2J\u009b31m\nfast\u0007" }""").RunAsync(command);
        Assert.Contains("'\\u001b[2J\\u009b31m fast\\u0007'", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(outcome.Error + outcome.Output, c => char.IsControl(c) && c is not ('\n' or '\r'));
    }

    [Fact]
    public async Task A_setting_given_twice_in_a_file() =>
        (await _neurohal.WithFile("neurohal.json", """{ "preset": "fast", "Preset": "paper" }""").RunAsync("train"))
            .FailsWith(2, "neurohal.json", "duplicate key");

    [Fact]
    public async Task A_value_where_a_group_belongs() =>
        (await _neurohal.WithFile("neurohal.json", """{ "dataset": "digits" }""").RunAsync("train"))
            .FailsWith(2, "'dataset' is 'digits', but it is a group of settings; see dataset:folder");

    [Fact]
    public async Task Nothing_to_compare() =>
        (await _neurohal.RunAsync("compare", "--backends", ",")).FailsWith(2, "No backend to compare");

    [Fact]
    public async Task A_backend_that_cannot_be_compared() =>
        (await _neurohal.RunAsync("compare", "--dataset", "digits", "--set", "backends:ReferenceCpu:threads=0"))
            .FailsWith(2, "threads is 0", "--backends");

    [Fact]
    public async Task More_connections_than_can_be_counted() =>
        (await _neurohal.RunAsync("plan", "--layers", "65536-32767-65535", "--connectivity", "1,1"))
            .FailsWith(2, "training:connectivity is 1,1", "fewer than 2^31 connections");

    [Theory]
    [InlineData("{ \"preset\": \"\\ud800\" }", "text that is none")]
    [InlineData("{ \"\\ud800\": 1 }", "text that is none")]
    [InlineData("{ \"output\": \"a\\u0000b\", \"dataset\": { \"name\": \"digits\" } }", "'a\\u0000b' cannot be written")]
    [InlineData("{ \"trace\": \"a\\u0000b\", \"dataset\": { \"name\": \"digits\", \"limit\": 20 } }", "'a\\u0000b' cannot be written")]
    public async Task Text_that_is_none_or_no_path(string json, string message) =>
        (await _neurohal.WithFile("neurohal.json", json).RunAsync("train")).FailsWith(2, message);

    [Fact]
    public async Task A_file_with_a_hundred_thousand_keys_is_refused_within_seconds()
    {
        string pins = string.Join(", ", Enumerable.Range(0, 60_000).Select(i => $"\"{i}\": 0"));
        _neurohal.WithFile("neurohal.json", $$"""{ "plugins": { "pins": { {{pins}} } }, "preset": "slow" }""");
        var time = System.Diagnostics.Stopwatch.StartNew();
        (await _neurohal.RunProcessAsync("train")).FailsWith(2, "Unknown preset 'slow'");
        Assert.InRange(time.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public async Task A_file_too_long_for_a_configuration() =>
        (await _neurohal.WithFile("neurohal.json", "{" + new string(' ', 1 << 20) + "}").RunAsync("train")).FailsWith(2, "more than 1048576 bytes");

    [Fact]
    public async Task Lanes_that_a_recording_makes_up()
    {
        using (var writer = new Lockstep.Recording.RecordingWriter(
            Path.Combine(_neurohal.Folder, "run.rec"), new("ReferenceCpu", [new("lanes", "-5")]), Bytes.FromKiB(64)))
        {
            writer.Complete(isWhole: true);
        }
        (await _neurohal.RunAsync("compare", "--replay", "run.rec", "--backends", "ReferenceCpu", "--dataset", "digits"))
            .FailsWith(2, "training:lanes is -5; it must be a divisor");
    }

    [Fact]
    public async Task An_unknown_setting_in_a_file() =>
        (await _neurohal.WithFile("my.json", """{ "training": { "epoch": 3 } }""").RunAsync("train", "--config", "my.json"))
            .FailsWith(2, "my.json", "unknown setting 'training:epoch'");

    [Fact]
    public async Task An_unknown_setting_in_the_environment() =>
        (await _neurohal.With("NEUROHAL__TRAINING__EPOCH", "3").RunAsync("train")).FailsWith(2, "Environment", "TRAINING:EPOCH");

    [Fact]
    public async Task A_configuration_file_that_is_not_there() =>
        (await _neurohal.RunAsync("train", "--config", "none.json")).FailsWith(2, "'none.json' is not there");

    [Theory]
    [InlineData("--layers", "784,300,10", "training:layers: '784,300,10' is no number; it must be whole numbers with '-' between, such as 784-300-100-10")]
    [InlineData("--connectivity", "0,0.1,0.1", "training:connectivity is 0; it must be above 0 and at most 1")]
    [InlineData("--connectivity", "0.1,0.1,1.01", "training:connectivity is 1.01")]
    [InlineData("--connectivity", "a,b,c", "training:connectivity: 'a' is no number; it must be numbers with ',' between, such as 0.01,0.03,0.3")]
    [InlineData("--layers", "784", "training:layers is 784; it must be at least two sizes")]
    [InlineData("--set", "training:learningRate=-0.1", "training:learningRate is -0.1; it must be above 0")]
    [InlineData("--set", "training:learningRate=fast", "training:learningRate is 'fast'; it must be a number")]
    [InlineData("--set", "training:schedule=steep", "training:schedule is 'steep'; it must be one of constant, halving, cosine")]
    [InlineData("--set", "training:schedule= 1", "training:schedule is ' 1'; it must be one of")]
    [InlineData("--set", "training:schedule=constant,halving", "training:schedule is 'constant,halving'; it must be one of")]
    [InlineData("--config", "", "Configuration file '' is not there")]
    [InlineData("--config", "/dev/zero", "line 1: ")]
    [InlineData("--set", "trainingrate", "not of the form KEY=VALUE")]
    [InlineData("--set", "backends:SpiNNaker2Emu:colour=red", "backends:SpiNNaker2Emu")]
    [InlineData("--set", "backends:SpiNNaker2Emu:profile=loihi", "no profile 'loihi'")]
    [InlineData("--epochs", "many", "training:epochs is 'many'; it must be a whole number from 1 to 2147483647")]
    [InlineData("--set", "training:learningRate=0,05", "training:learningRate is '0,05'; it must be a number, with a point")]
    [InlineData("--set", "training:rewiring=static", "'training:rewiring' is 'static', but it is a group of settings")]
    [InlineData("--set", "backends:Loihi:colour=red", "backends:Loihi: there is no such backend")]
    [InlineData("--output", "/proc/none", "cannot be written")]
    [InlineData("--rewiring", "wild", "Unknown rewiring policy 'wild'; there are deep-r, set, static")]
    [InlineData("--cores", "5", "5 cores asked for")]
    [InlineData("--cores", "0", "device:cores is 0")]
    [InlineData("--policy", "lazy", "unknown policy 'lazy'; there are race-to-idle, per-phase, fixed")]
    [InlineData("--level", "PL9", "unknown performance level 'PL9'")]
    [InlineData("--data", "nowhere", "'nowhere', but there is no such folder")]
    [InlineData("--limit", "0", "dataset:limit is 0")]
    public async Task An_illegal_value(string option, string value, string message) =>
        (await _neurohal.RunAsync(["train", "--dataset", "digits", option, value])).FailsWith(2, message);

    [Fact]
    public async Task An_unknown_data_set() =>
        (await _neurohal.RunAsync("train", "--dataset", "cifar")).FailsWith(2, "Unknown data set 'cifar'", "mnist, fashion-mnist, kmnist, digits");

    [Fact]
    public async Task A_data_folder_in_the_environment_that_is_not_there() =>
        (await _neurohal.With("NEUROHAL_DATA", "/nowhere").RunAsync("train")).FailsWith(2, "NEUROHAL_DATA is '/nowhere'");

    [Theory]
    [InlineData("magic", "magic number 0x00000802")]
    [InlineData("truncated", "truncated")]
    [InlineData("counts", "4 images")]
    [InlineData("label", "label 10 at 2")]
    public async Task A_damaged_data_set(string defect, string message)
    {
        // KMNIST has no published checksum here, so that what is wrong is told and not only that something is.
        string folder = Path.Combine(_neurohal.Folder, "kmnist");
        Directory.CreateDirectory(folder);
        byte[] images = Idx(0x803, [4, 28, 28], 4 * 784);
        byte[] labels = Idx(0x801, [4], 4);
        File.WriteAllBytes(Path.Combine(folder, "t10k-images-idx3-ubyte"), images);
        File.WriteAllBytes(Path.Combine(folder, "t10k-labels-idx1-ubyte"), labels);
        switch (defect)
        {
            case "magic":
                images[3] = 2;
                break;
            case "truncated":
                images = images[..^1];
                break;
            case "counts":
                labels = Idx(0x801, [5], 5);
                break;
            default:
                labels[8 + 2] = 10;
                break;
        }
        File.WriteAllBytes(Path.Combine(folder, "train-images-idx3-ubyte"), images);
        File.WriteAllBytes(Path.Combine(folder, "train-labels-idx1-ubyte"), labels);
        (await _neurohal.RunAsync("train", "--dataset", "kmnist", "--data", _neurohal.Folder)).FailsWith(2, message, "train-");
    }

    private static byte[] Idx(int magic, int[] sizes, int length)
    {
        var bytes = new byte[4 + (4 * sizes.Length) + length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, magic);
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), sizes[i]);
        }
        return bytes;
    }
}
