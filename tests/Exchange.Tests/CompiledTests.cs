using CsCheck;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.C;

namespace NeuroHal.Exchange.Tests;

/// <summary>A network as C, compiled for the host and for a Cortex-M4F, and run.</summary>
public sealed class CompiledTests
{
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
    public void Cpp_can_call_it()
    {
        using CompiledCode compiled = Prepare(Trained.Digits, Trained.Digits.Test.Count);
        Assert.Equal(0, compiled.RunFromCpp("host.c"));
        Assert.Equal(Trained.Digits.Classes, compiled.Results().Classes);
    }

    [Fact]
    public void What_is_computed_here_is_what_the_device_computes_to_the_bit()
    {
        Trained trained = Trained.Digits;
        var arithmetic = new CArithmetic(trained.Network);
        Assert.Equal(trained.Sums, Enumerable.Range(0, trained.Test.Count).Select(i => arithmetic.Sums(trained.Test.Slice(i, 1).Pixels.Span)));
    }

    [Theory]
    [InlineData(CWeights.Float32)]
    [InlineData(CWeights.Int8)]
    public void It_takes_the_flash_and_RAM_that_its_header_states(CWeights weights)
    {
        using var compiled = CompiledCode.OrSkip();
        CNetwork c = Code(Trained.Digits.Network, weights);
        compiled.Put(c);
        ILookup<string, long> sections = compiled.Sections("net.c");
        Assert.Equal(c.Ram.Count, sections[".bss"].Sum() + sections[".data"].Sum());
        Assert.InRange(sections[".rodata"].Sum(), c.Constants.Count, c.Constants.Count + 16); // alignment
        Assert.InRange(sections[".text"].Sum(), 1, 1024);
        Assert.Contains($"constants in flash {c.Constants.Count} (the code comes to that), activations in RAM {c.Ram.Count}.", c.Header, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CWeights.Float32)]
    [InlineData(CWeights.Int8)]
    public void Any_network_compiles_without_a_warning_those_with_empty_layers_included(CWeights weights)
    {
        using var compiled = CompiledCode.OrSkip();
        AnyNetwork.Rewired.Sample(
            network =>
            {
                compiled.Put(new CNetwork(new CArithmetic(network, weights), "net", NetworkDescription.Of(network, [new("odd", "*/ \"\u202e\u00e4 /*")])));
                compiled.Check("net.c");
            },
            iter: 10, threads: 1);
    }

    [Fact]
    public void What_cannot_be_C_is_refused()
    {
        NetworkSnapshot good = Trained.Digits.Network;
        foreach (string name in new[] { "", "1net", "Net", "my net", "net;", new string('a', 41) })
        {
            Assert.Throws<BadArgumentException>(() => new CNetwork(new CArithmetic(good), name, []));
        }
        LayerSnapshot layer = good.Layers[0];
        var bad = new NetworkSnapshot([layer with { Connections = [layer.Connections[0] with { Theta = float.NaN }] }, good.Layers[1], good.Layers[2]]);
        Assert.Contains("Layer 1", Assert.Throws<BadArgumentException>(() => new CArithmetic(bad)).Message, StringComparison.Ordinal);
    }

    private static CNetwork Code(NetworkSnapshot network, CWeights weights) => new(new CArithmetic(network, weights), "net", NetworkDescription.Of(network));

    private static void AssertOnHost(Trained trained)
    {
        using CompiledCode compiled = Prepare(trained, trained.Test.Count);
        Assert.Equal(0, compiled.RunOnHost("host.c", "net.c"));
        (int[] classes, float[][] sums) = compiled.Results();
        Assert.Equal(trained.Classes, classes);
        Assert.All(trained.Sums.Zip(sums), s => Assert.All(s.First.Zip(s.Second), v => Assert.Equal(v.First, v.Second, 1e-5f)));
    }

    private static void AssertOnBoard(Trained trained, int images)
    {
        using CompiledCode compiled = Prepare(trained, images);
        compiled.RunOnBoard("board.c", "net.c");
        (int[] classes, float[][] sums) = compiled.Results();
        Assert.Equal(trained.Classes.Take(images), classes);
        Assert.Equal(trained.Sums.Take(images), sums); // the core rounds a product and a sum once, as the kernels do
    }

    private static CompiledCode Prepare(Trained trained, int images)
    {
        var compiled = CompiledCode.OrSkip();
        compiled.Put(Code(trained.Network, CWeights.Float32));
        compiled.PutImages(trained.Test.Slice(0, images));
        return compiled;
    }
}
