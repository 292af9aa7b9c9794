using System.Reflection;
using NeuroHal.DeepR.Training;
using NeuroHal.Exchange.C;

namespace NeuroHal.Exchange.Tests;

/// <summary>Images beside the code in C, with what it must come to.</summary>
public sealed class TestVectorTests
{
    private const int Images = 20;

    [Theory]
    [InlineData(CWeights.Float32)]
    [InlineData(CWeights.Int8)]
    public void On_a_Cortex_M4F_all_classes_and_sums_are_met(CWeights weights)
    {
        using CompiledCode compiled = Prepare("net", weights, _ => { });
        compiled.RunOnBoard("board_test.c", "net.c");
    }

    [Fact]
    public void On_a_Cortex_M4F_a_sum_that_is_another_is_found()
    {
        using CompiledCode compiled = Prepare("net", CWeights.Float32, sums => sums[^1] = BitConverter.ToSingle(BitConverter.GetBytes(BitConverter.SingleToInt32Bits(sums[^1]) ^ 1)));
        Assert.Throws<DeviceFaultException>(() => compiled.RunOnBoard("board_test.c", "net.c"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_loop_of_the_document_finds_images_that_are_classified_otherwise(bool otherwise)
    {
        using var compiled = CompiledCode.OrSkip();
        var arithmetic = new CArithmetic(Trained.Digits.Network);
        CTestVectors vectors = Vectors("lenet", arithmetic);
        string document = File.ReadAllText(typeof(TestVectorTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Document").Value!);
        compiled.Put(new CNetwork(arithmetic, "lenet", []));
        compiled.Put("lenet_test.h", vectors.Header);
        compiled.Put("main.c", document.Split("```c\n")[1].Split("```")[0]);
        if (otherwise)
        {
            string[] parts = vectors.Header.Split("test_classes[LENET_TESTS] = {\n    ");
            compiled.Put("lenet_test.h", $"{parts[0]}test_classes[LENET_TESTS] = {{\n    {(parts[1][0] == '1' ? '2' : '1')}{parts[1][1..]}");
        }
        Assert.Equal(otherwise ? 1 : 0, compiled.RunOnHost("main.c", "lenet.c"));
    }

    [Fact]
    public void Their_header_says_how_many_labels_are_met_and_what_they_take()
    {
        var arithmetic = new CArithmetic(Trained.Digits.Network);
        CTestVectors vectors = Vectors("net", arithmetic);
        int right = Trained.Digits.Classes.Take(Images).Zip(Trained.Digits.Test.Labels.ToArray()).Count(c => c.First == c.Second);
        Assert.Contains($"{right} of the {Images} classes are those of the images' labels", vectors.Header, StringComparison.Ordinal);
        Assert.Contains("   neurohal.datasetSha256: abc\n", vectors.Header, StringComparison.Ordinal);
        Assert.Equal(Images * (784 + 2 + 40), vectors.Constants.Count);
        Assert.Contains($"Bytes in flash: {vectors.Constants.Count}.", vectors.Header, StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_that_are_no_numbers_are_no_test()
    {
        var network = new NetworkSnapshot([new LayerSnapshot(2, 1, 2, [new Connection(0, 0, float.MaxValue, false), new Connection(0, 1, float.MaxValue, false)])]);
        var images = new SampleSet(new byte[] { 0, 0, 255, 255 }, new byte[2], 2);
        Assert.Contains(
            "sums of image 1 are no finite numbers",
            Assert.Throws<BadArgumentException>(() => new CTestVectors(new CArithmetic(network), "net", images, 2, [])).Message, StringComparison.Ordinal);
    }

    private static CompiledCode Prepare(string name, CWeights weights, Action<float[]> change)
    {
        var compiled = CompiledCode.OrSkip();
        var arithmetic = new CArithmetic(Trained.Digits.Network, weights);
        compiled.Put(new CNetwork(arithmetic, name, []));
        float[] sums = arithmetic.Sums(Trained.Digits.Test.Slice(Images - 1, 1).Pixels.Span);
        string last = CText.Of(sums[^1]);
        change(sums);
        string header = Vectors(name, arithmetic).Header;
        int at = header.LastIndexOf(last, StringComparison.Ordinal);
        compiled.Put($"{name}_test.h", header[..at] + CText.Of(sums[^1]) + header[(at + last.Length)..]);
        return compiled;
    }

    private static CTestVectors Vectors(string name, CArithmetic arithmetic) =>
        new(arithmetic, name, Trained.Digits.Samples, Images, [new("neurohal.datasetSha256", "abc")]);
}
