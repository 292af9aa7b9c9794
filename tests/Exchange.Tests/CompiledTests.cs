using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using CsCheck;
using NeuroHal.Calibration.Toolchain;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.C;

namespace NeuroHal.Exchange.Tests;

/// <summary>A network as C, compiled for the host and for a Cortex-M4F, and run.</summary>
public sealed class CompiledTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(5);
    private static readonly string[] _strict = ["-std=c99", "-Wall", "-Wextra", "-Werror"];
    private static readonly string[] _board = ["-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard", "-O2", "-ffreestanding"];

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void On_the_host_it_classifies_digits_as_the_device_does() => AssertOnHost(Trained.Digits);

    [Fact]
    public void On_a_Cortex_M4F_it_comes_to_the_devices_sums_of_digits_to_the_bit() => AssertOnBoard(Trained.Digits, 50);

    [Fact]
    [Trait("Category", "Long")]
    public void On_the_host_it_classifies_the_whole_test_set_of_MNIST_as_the_device_does()
    {
        Trained.SkipUnlessLong();
        AssertOnHost(Trained.OnMnist);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void On_a_Cortex_M4F_it_comes_to_the_devices_sums_of_1000_test_images_of_MNIST_to_the_bit()
    {
        Trained.SkipUnlessLong();
        AssertOnBoard(Trained.OnMnist, 1000);
    }

    [Fact]
    public void It_takes_the_flash_and_RAM_that_its_header_states()
    {
        SkipWithoutTools();
        var c = new CNetwork(Trained.Digits.Network, "net", NetworkDescription.Of(Trained.Digits.Network));
        c.Write(_folder.Path);
        Tool.Compiler.Run(_folder.Path, _limit, [.. _board, .. _strict, "-c", "net.c", "-o", "net.o"]);
        string sections = Tool.Disassembler.Run(_folder.Path, _limit, "-h", "net.o");
        long Size(string section) => sections.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(w => w.Length > 2 && w[1] == section).Sum(w => long.Parse(w[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Equal(c.Ram.Count, Size(".bss") + Size(".data"));
        Assert.InRange(Size(".rodata"), c.Constants.Count, c.Constants.Count + 16); // alignment
        Assert.InRange(Size(".text"), 1, 1024);
        Assert.Contains($"constants in flash {c.Constants.Count} (the code comes to that), activations in RAM {c.Ram.Count}.", c.Header, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_network_compiles_without_a_warning_those_with_empty_layers_included()
    {
        SkipWithoutTools();
        AnyNetwork.Rewired.Sample(
            network =>
            {
                new CNetwork(network, "net", NetworkDescription.Of(network, [new("odd", "*/ \"\u202e\u00e4 /*")])).Write(_folder.Path);
                Tool.HostCompiler.Run(_folder.Path, _limit, [.. _strict, "-Wconversion", "-Wpedantic", "-c", "net.c"]);
            },
            iter: 10, threads: 1);
    }

    [Fact]
    public void What_cannot_be_C_is_refused()
    {
        NetworkSnapshot good = Trained.Digits.Network;
        foreach (string name in new[] { "", "1net", "Net", "my net", "net;", new string('a', 41) })
        {
            Assert.Throws<BadArgumentException>(() => new CNetwork(good, name, []));
        }
        LayerSnapshot layer = good.Layers[0];
        var bad = new NetworkSnapshot([layer with { Connections = [layer.Connections[0] with { Theta = float.NaN }] }, good.Layers[1], good.Layers[2]]);
        Assert.Contains("Layer 1", Assert.Throws<BadArgumentException>(() => new CNetwork(bad, "net", [])).Message, StringComparison.Ordinal);
    }

    private static void SkipWithoutTools() =>
        Assert.SkipWhen(Tool.MissingPackages.Count > 0, $"not installed: {string.Join(", ", Tool.MissingPackages)}");

    private void AssertOnHost(Trained trained)
    {
        SkipWithoutTools();
        Prepare(trained, trained.Test.Count);
        Tool.HostCompiler.Run(_folder.Path, _limit, [.. _strict, "-O2", "host.c", "net.c", "-o", "host"]);
        using Process host = Process.Start(new ProcessStartInfo(_folder.File("host")) { WorkingDirectory = _folder.Path })!;
        Assert.True(host.WaitForExit(_limit));
        Assert.Equal(0, host.ExitCode);
        (int[] classes, float[][] sums) = Results(trained.Test.Count);
        Assert.Equal(0, trained.Classes.Zip(classes).Count(c => c.First != c.Second));
        Assert.All(trained.Sums.Zip(sums), s => Assert.All(s.First.Zip(s.Second), v => Assert.Equal(v.First, v.Second, 1e-5f)));
    }

    private void AssertOnBoard(Trained trained, int images)
    {
        SkipWithoutTools();
        Prepare(trained, images);
        Tool.Compiler.Run(_folder.Path, _limit, [.. _board, .. _strict, "-nostdlib", "-T", "board.ld", "board.c", "net.c", "-o", "board.elf"]);
        Tool.Emulator.Run(
            _folder.Path, _limit, "-M", "mps2-an386", "-nographic", "-semihosting-config", "enable=on,target=native", "-kernel", "board.elf");
        (int[] classes, float[][] sums) = Results(images);
        Assert.Equal(0, trained.Classes.Zip(classes).Count(c => c.First != c.Second));
        Assert.Equal(trained.Sums.Take(images), sums); // the core rounds a product and a sum once, as the kernels do
    }

    private void Prepare(Trained trained, int images)
    {
        string sources = typeof(CompiledTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Firmware").Value!;
        foreach (string file in Directory.EnumerateFiles(sources))
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        }
        new CNetwork(trained.Network, "net", NetworkDescription.Of(trained.Network)).Write(_folder.Path);
        File.WriteAllBytes(_folder.File("images.bin"), trained.Test.Slice(0, images).Pixels.ToArray());
    }

    private (int[] Classes, float[][] Sums) Results(int images)
    {
        int[][] words = [.. MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(_folder.File("results.bin"))).ToArray().Chunk(11)];
        Assert.Equal(images, words.Length);
        return ([.. words.Select(w => w[0])], [.. words.Select(w => w[1..].Select(BitConverter.Int32BitsToSingle).ToArray())]);
    }
}
