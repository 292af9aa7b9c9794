using CsCheck;

namespace NeuroHal.Abstractions.Tests;

public sealed class SramStorageTests
{
    [Fact]
    public void Whatever_is_allocated_and_released_regions_never_overlap_and_every_byte_is_accounted_for() =>
        Gen.Select(Gen.Int[1, 300], Gen.Bool).Array[1, 80].Sample(requests =>
        {
            var sram = new SramStorage(0, new Bytes(4096));
            var live = new List<SramBuffer<float>>();
            foreach ((int length, bool release) in requests)
            {
                if (release && live.Count > 0)
                {
                    int index = length % live.Count;
                    sram.Release(live[index]);
                    live.RemoveAt(index);
                }
                else
                {
                    try
                    {
                        live.Add(sram.Allocate<float>($"buffer of {length}", length));
                    }
                    catch (SramExhaustedException e)
                    {
                        Assert.Equal(sram.Map, e.Map);
                    }
                }
                IReadOnlyList<SramRegion> map = sram.Map;
                Assert.Equal(live.Count, map.Count);
                Assert.Equal(live.Sum(b => 4L * b.Length), sram.Used.Count);
                Assert.All(map.Zip(map.Skip(1)), pair => Assert.True(pair.First.Offset + pair.First.Size.Count <= pair.Second.Offset));
                Assert.True(map.Count == 0 || map[^1].Offset + map[^1].Size.Count <= 4096);
            }
        });

    [Fact]
    public void Buffers_keep_their_contents_while_others_come_and_go() =>
        Gen.Int[1, 64].Array[2, 20].Sample(lengths =>
        {
            var sram = new SramStorage(0, new Bytes(1 << 16));
            SramBuffer<int>[] buffers = [.. lengths.Select((n, i) => sram.Allocate<int>($"{i}", n))];
            for (int i = 0; i < buffers.Length; i++)
            {
                sram.View.Span(buffers[i]).Fill(i);
            }
            for (int i = 0; i < buffers.Length; i += 2)
            {
                sram.Release(buffers[i]);
                _ = sram.Allocate<int>("new", lengths[i]);
            }
            for (int i = 1; i < buffers.Length; i += 2)
            {
                Assert.Equal(-1, sram.View.Span(buffers[i]).IndexOfAnyExcept(i));
            }
        });

    [Fact]
    public void A_new_buffer_is_zeroed_even_where_another_was()
    {
        var sram = new SramStorage(0, new Bytes(64));
        SramBuffer<byte> first = sram.Allocate<byte>("first", 64);
        sram.View.Span(first).Fill(0xFF);
        sram.Release(first);
        Assert.Equal(-1, sram.View.Span(sram.Allocate<byte>("second", 64)).IndexOfAnyExcept((byte)0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Buffers_are_aligned_to_words_and_wider_elements_to_themselves(int odd)
    {
        var sram = new SramStorage(0, new Bytes(256));
        _ = sram.Allocate<byte>("odd", odd);
        Assert.Equal(4, sram.Allocate<byte>("word", 1).Offset);
        Assert.Equal(8, sram.Allocate<ulong>("double word", 1).Offset);
    }

    [Fact]
    public void All_of_it_can_be_used_and_not_a_byte_more()
    {
        var sram = new SramStorage(3, Bytes.FromKiB(64));
        sram.Reserve("code", Bytes.FromKiB(16));
        _ = sram.Allocate<byte>("data", 48 * 1024);
        Assert.Equal(sram.Capacity, sram.Used);
        SramExhaustedException e = Assert.Throws<SramExhaustedException>(() => sram.Allocate<byte>("one more", 1));
        Assert.Equal("Core 3: 'one more' needs 1 B, but 65,536 B of SRAM already hold code 16,384 B, data 49,152 B.", e.Message);
        Assert.Equal(["code", "data"], e.Map.Select(r => r.Name));
    }

    [Fact]
    public void A_length_no_array_can_have_is_exhaustion_and_not_an_overflow() =>
        Assert.Throws<SramExhaustedException>(() => new SramStorage(0, Bytes.FromKiB(64)).Allocate<ulong>("huge", int.MaxValue));

    [Fact]
    public void A_released_buffer_is_named()
    {
        var sram = new SramStorage(2, new Bytes(64));
        SramBuffer<int> buffer = sram.Allocate<int>("weights", 4);
        sram.Release(buffer);
        string message = Assert.Throws<BadArgumentException>(() => sram.View.Span(buffer)).Message;
        Assert.Contains("Core 2", message, StringComparison.Ordinal);
        Assert.Contains("'weights'", message, StringComparison.Ordinal);
        Assert.Throws<BadArgumentException>(() => sram.Release(buffer));
    }

    [Fact]
    public void A_buffer_of_another_core_or_of_none_is_refused()
    {
        var sram = new SramStorage(0, new Bytes(64));
        SramBuffer<int> foreign = new SramStorage(1, new Bytes(64)).Allocate<int>("foreign", 4);
        Assert.Contains("belongs to core 1", Assert.Throws<BadArgumentException>(() => sram.View.Span(foreign)).Message, StringComparison.Ordinal);
        Assert.Throws<BadArgumentException>(() => sram.View.Span(default(SramBuffer<int>)));
    }
}
