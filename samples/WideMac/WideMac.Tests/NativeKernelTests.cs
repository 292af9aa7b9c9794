using NeuroHal;
using NeuroHal.Kernels;
using Xunit;

namespace WideMac.Tests;

/// <summary>The array's versions leave the bits that the portable kernels leave.</summary>
public sealed class NativeKernelTests
{
    private const int Inputs = 40;
    private const int Outputs = 30;
    private const int Connections = 150;

    private static readonly MacArray _array = new(Profile.Load());

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    public void Sums_of_activations_are_the_portable_ones_bit_by_bit(int lanes)
    {
        var native = new Layer(lanes);
        var portable = new Layer(lanes);
        Assert.Equal(Connections * lanes, _array.TryRun(native.Forward<float>(native.Activations), native.Sram.View)!.Value.Macs);
        portable.Forward<float>(portable.Activations).Run(portable.Sram.View);
        Assert.Equal(portable.Outcome, native.Outcome);
        Assert.Contains(native.Outcome, sum => sum != 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void Sums_of_pixels_are_the_portable_ones_bit_by_bit(int lanes)
    {
        var native = new Layer(lanes);
        var portable = new Layer(lanes);
        Assert.NotNull(_array.TryRun(native.Forward<byte>(native.Pixels), native.Sram.View));
        portable.Forward<byte>(portable.Pixels).Run(portable.Sram.View);
        Assert.Equal(portable.Outcome, native.Outcome);
    }

    [Fact]
    public void Clipped_values_are_the_portable_ones_bit_by_bit()
    {
        var native = new Layer(1);
        var portable = new Layer(1);
        Assert.NotNull(_array.TryRun(new Relu(native.Activations), native.Sram.View));
        new Relu(portable.Activations).Run(portable.Sram.View);
        Assert.Equal(Bits(portable, portable.Activations), Bits(native, native.Activations));
    }

    [Fact]
    public void What_the_array_cannot_do_it_leaves_to_the_processor()
    {
        var layer = new Layer(1);
        Assert.Null(_array.TryRun(new SparseBackward(layer.Matrix, layer.Sums, layer.Activations, 1), layer.Sram.View));
    }

    private static int[] Bits(Layer layer, SramBuffer<float> buffer)
    {
        var bits = new List<int>();
        foreach (float value in layer.Sram.View.Span(buffer))
        {
            bits.Add(BitConverter.SingleToInt32Bits(value));
        }
        return [.. bits];
    }

    /// <summary>A layer with an output that has no connections; always the same.</summary>
    private sealed class Layer
    {
        public Layer(int lanes)
        {
            Lanes = lanes;
            Matrix = new SparseMatrix
            {
                Inputs = Inputs,
                Outputs = Outputs,
                Rows = Sram.Allocate<ushort>("rows", Connections),
                Columns = Sram.Allocate<ushort>("columns", Connections),
                Theta = Sram.Allocate<float>("theta", Connections),
                Signs = Sram.Allocate<uint>("signs", SparseMatrix.SignWords(Connections)),
                Count = Sram.Allocate<ConnectionCount>("count", 1),
            };
            Activations = Sram.Allocate<float>("activations", Inputs * lanes);
            Pixels = Sram.Allocate<byte>("pixels", Inputs * lanes);
            Sums = Sram.Allocate<float>("sums", Outputs * lanes);
            Fill(Sram.View, new Random(1));
        }

        public SramStorage Sram { get; } = new(0, Bytes.FromKiB(64));

        public SparseMatrix Matrix { get; }

        public int Lanes { get; }

        public SramBuffer<float> Activations { get; }

        public SramBuffer<byte> Pixels { get; }

        public SramBuffer<float> Sums { get; }

        public int[] Outcome => Bits(this, Sums);

        public SparseForward<T> Forward<T>(SramBuffer<T> input) where T : struct => new(Matrix, input, Sums, Lanes);

        private void Fill(SramView view, Random random)
        {
            view.Span(Matrix.Count)[0] = new ConnectionCount(Connections, Connections);
            for (int i = 0; i < Connections; i++)
            {
                int row = i * (Outputs - 1) / Connections;
                view.Span(Matrix.Rows)[i] = (ushort)(row + (row >= 3 ? 1 : 0));
                view.Span(Matrix.Columns)[i] = (ushort)(i * 7 % Inputs);
                view.Span(Matrix.Theta)[i] = random.NextSingle();
            }
            random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(view.Span(Matrix.Signs)));
            random.NextBytes(view.Span(Pixels));
            foreach (ref float value in view.Span(Activations))
            {
                value = random.NextSingle() - 0.5f;
            }
        }
    }
}
