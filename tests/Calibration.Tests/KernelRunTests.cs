using System.Runtime.InteropServices;
using NeuroHal.Calibration.Cases;
using NeuroHal.Kernels;

namespace NeuroHal.Calibration.Tests;

/// <summary>What counts as the same result.</summary>
public sealed class KernelRunTests
{
    private const int Capacity = 40;
    private const int Count = 33;

    private readonly SramStorage _sram = new(0, Bytes.FromKiB(4));

    [Theory]
    [InlineData("rows", Count - 1, true)]
    [InlineData("rows", Count, false)]
    [InlineData("theta", Count - 1, true)]
    [InlineData("theta", Count, false)]
    [InlineData("velocity", Count - 1, true)]
    [InlineData("velocity", Count, false)]
    [InlineData("gradient", Count, true)]
    public void A_layer_is_compared_up_to_its_count(string part, int entry, bool differs)
    {
        SparseMatrix layer = Layer();
        byte[] expected = Image(layer);
        byte[] actual = [.. expected];
        int at = part switch
        {
            "rows" => layer.Rows.Offset + (entry * sizeof(ushort)),
            "theta" => layer.Theta.Offset + (entry * sizeof(float)),
            "velocity" => layer.Velocity.Offset + (entry * sizeof(float)),
            _ => layer.Gradient.Offset + (entry * sizeof(float)),
        };
        actual[at] ^= 1;
        Assert.Equal(differs, Compare(layer, expected, actual, 0) is not null);
    }

    [Theory]
    [InlineData(Count - 1, true)]
    [InlineData(Count, false)]
    public void So_are_its_signs(int entry, bool differs)
    {
        SparseMatrix layer = Layer();
        byte[] expected = Image(layer);
        byte[] actual = [.. expected];
        actual[layer.Signs.Offset + (entry / 8)] ^= (byte)(1 << (entry % 8));
        Assert.Equal(differs, Compare(layer, expected, actual, 0) is not null);
    }

    [Fact]
    public void A_difference_is_told_with_its_address_and_both_words()
    {
        SparseMatrix layer = Layer();
        byte[] expected = Image(layer);
        byte[] actual = [.. expected];
        actual[layer.Theta.Offset + 1] = 0x12;
        Assert.Equal(
            $"SRAM at 0x{layer.Theta.Offset:x}: 0x00001200 instead of 0x00000000", Compare(layer, expected, actual, 0));
    }

    [Fact]
    public void As_many_random_words_are_to_be_taken_as_there_are()
    {
        SparseMatrix layer = Layer();
        Assert.Equal("1 random words taken instead of 0", Compare(layer, Image(layer), Image(layer), 1));
    }

    [Fact]
    public void Random_words_are_in_the_order_in_which_numbers_are_made()
    {
        uint[] state = RandomSeed.Expand(1, 0, 0, RandomStreams.StateWords);
        SramBuffer<uint> streams = _sram.Allocate<uint>("streams", state.Length);
        SramBuffer<float> numbers = _sram.Allocate<float>("numbers", 40);
        uint[] words = new RandomUse(streams, 1).Words(state, numbers.Length);
        state.CopyTo(_sram.View.Span(streams));
        new FillUniform(numbers, streams).Run(_sram.View);
        Assert.Equal(words.Select(w => (w >> 8) / (float)(1 << 24)), _sram.View.Span(numbers).ToArray());
    }

    private static string? Compare(SparseMatrix layer, byte[] expected, byte[] actual, uint taken) =>
        new KernelRun(FirmwareCall.Of(new PruneNegative(layer)), expected, expected, WorkCounts.None, 0, []).Difference(taken, actual, true);

    private static byte[] Image(SparseMatrix layer)
    {
        var image = new byte[4096];
        MemoryMarshal.Write(image.AsSpan(layer.Count.Offset), Count);
        return image;
    }

    private SparseMatrix Layer() => new()
    {
        Inputs = 10,
        Outputs = 10,
        Rows = _sram.Allocate<ushort>("rows", Capacity),
        Columns = _sram.Allocate<ushort>("columns", Capacity),
        Theta = _sram.Allocate<float>("theta", Capacity),
        Signs = _sram.Allocate<uint>("signs", SparseMatrix.SignWords(Capacity)),
        Count = _sram.Allocate<ConnectionCount>("count", 1),
        Velocity = _sram.Allocate<float>("velocity", Capacity),
        Gradient = _sram.Allocate<float>("gradient", Capacity),
    };
}
