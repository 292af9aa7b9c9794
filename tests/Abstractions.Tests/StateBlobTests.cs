using CsCheck;

namespace NeuroHal.Abstractions.Tests;

public sealed class StateBlobTests
{
    [Fact]
    public void Unpacks_what_was_packed() =>
        Gen.Select(Gen.String, Gen.Long.Array[0, 20]).Sample((owner, words) =>
            Assert.Equal(words, StateBlob.Unpack(owner, StateBlob.Pack(owner, words))));

    [Fact]
    public void A_state_with_any_bit_flipped_or_cut_anywhere_is_refused() =>
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 7], Gen.Bool).Sample((at, bit, cut) =>
        {
            byte[] state = StateBlob.Pack("owner", [1, 2, 3, 4]);
            byte[] damaged = cut ? state[..at] : state;
            if (!cut)
            {
                damaged[at] ^= (byte)(1 << bit);
            }
            Assert.Throws<BadDataException>(() => StateBlob.Unpack("owner", damaged));
        });

    [Fact]
    public void A_state_of_another_owner_is_refused() =>
        Assert.Contains("not one of B", Assert.Throws<BadDataException>(() => StateBlob.Unpack("B", StateBlob.Pack("A", [1]))).Message, StringComparison.Ordinal);
}
