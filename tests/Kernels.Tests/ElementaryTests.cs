using CsCheck;

namespace NeuroHal.Kernels.Tests;

public sealed class ElementaryTests
{
    [Fact]
    public void The_exponential_is_right_to_three_parts_in_ten_million() => Gen.Float[-87, 88].Sample(x =>
        Assert.Equal(1, Elementary.Exp(x) / Math.Exp(x), 3e-7));

    [Fact]
    public void The_logarithm_is_right_to_three_parts_in_ten_million() => Gen.Float[1e-30f, 1e30f].Where(x => x > 0).Sample(x =>
        Assert.Equal(Math.Log(x), Elementary.Log(x), Math.Max(3e-7 * Math.Abs(Math.Log(x)), 2e-7)));

    [Fact]
    public void They_give_the_same_bits_on_every_host()
    {
        // Golden values: a host or a runtime that contracts or reorders floating point would change them.
        Assert.Equal(0x402DF854, BitConverter.SingleToInt32Bits(Elementary.Exp(1)));
        Assert.Equal(0x3EBC5AB2, BitConverter.SingleToInt32Bits(Elementary.Exp(-1)));
        Assert.Equal(0x3F317218, BitConverter.SingleToInt32Bits(Elementary.Log(2)));
    }
}
