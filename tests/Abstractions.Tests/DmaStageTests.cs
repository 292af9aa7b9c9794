namespace NeuroHal.Abstractions.Tests;

/// <summary>When a copy takes its source, and from when on its destination has it.</summary>
public sealed class DmaStageTests
{
    private readonly SramStorage[] _memories = [new(0, new Bytes(256)), new(1, new Bytes(256))];
    private readonly DramStorage _dram = new(new Bytes(1024));
    private readonly SramBuffer<int> _own;
    private readonly SramBuffer<int> _other;
    private readonly DramBuffer<int> _external;
    private readonly DmaStage _stage;

    public DmaStageTests()
    {
        _own = _memories[0].Allocate<int>("own", 4);
        _other = _memories[1].Allocate<int>("other", 4);
        _external = _dram.Allocate<int>("external", 4);
        _stage = new DmaStage(0, _memories[0], _dram);
        Own.Fill(1);
        Other.Fill(2);
        External.Fill(3);
    }

    private Span<int> Own => _memories[0].View.Span(_own);

    private Span<int> Other => _memories[1].View.Span(_other);

    private Span<int> External => _dram.Write<int>(_external);

    [Fact]
    public void A_load_takes_its_source_at_once_and_is_seen_when_awaited()
    {
        DmaTransfer load = _stage.Load<int>(_external, _own);
        External.Fill(9);
        _stage.Deliver(_memories);
        Assert.Equal([1, 1, 1, 1], Own);
        _stage.Complete(load);
        Assert.Equal([3, 3, 3, 3], Own);
    }

    [Fact]
    public void A_send_is_seen_at_the_barrier_and_not_when_awaited()
    {
        DmaTransfer send = _stage.Send<int>(_own, _other);
        Own.Fill(9);
        _stage.Complete(send);
        Assert.Equal([2, 2, 2, 2], Other);
        _stage.Deliver(_memories);
        Assert.Equal([1, 1, 1, 1], Other);
    }

    [Fact]
    public void Sends_from_one_place_take_what_is_there_at_each()
    {
        SramBuffer<int> second = _memories[1].Allocate<int>("second", 4);
        SramBuffer<int> third = _memories[1].Allocate<int>("third", 4);
        _stage.Send<int>(_own, _other);
        _stage.Send<int>(_own, second);
        Own[3] = 9;
        _stage.Send<int>(_own, third);
        _stage.Deliver(_memories);
        Assert.Equal([1, 1, 1, 1], Other);
        Assert.Equal([1, 1, 1, 1], _memories[1].View.Span(second));
        Assert.Equal([1, 1, 1, 9], _memories[1].View.Span(third));

        Own.Fill(5); // nothing of the last superstep is left
        _stage.Send<int>(_own, _other);
        _stage.Deliver(_memories);
        Assert.Equal([5, 5, 5, 5], Other);
    }

    [Fact]
    public void A_store_is_seen_at_the_barrier()
    {
        _stage.Store<int>(_own, _external);
        Assert.Equal([3, 3, 3, 3], External);
        _stage.Deliver(_memories);
        Assert.Equal([1, 1, 1, 1], External);
    }

    [Fact]
    public void A_delivery_in_parts_is_the_same_and_ends_when_it_is_forgotten()
    {
        _stage.Send<int>(_own, _other);
        _stage.Store<int>(_own, _external);
        DmaTransfer load = _stage.Load<int>(_external, _own);
        _stage.DeliverPart(_memories, 0, 2);
        Assert.Equal([2, 2, 2, 2], Other);
        _stage.DeliverPart(_memories, 1, 2);
        _stage.DeliverStores();
        Assert.Equal([1, 1, 1, 1], Other);
        Assert.Equal([1, 1, 1, 1], External);

        Other.Fill(8);
        External.Fill(9);
        _stage.ForgetOutgoing();
        _stage.Deliver(_memories); // nothing comes twice
        Assert.Equal([8, 8, 8, 8], Other);
        Assert.Equal([9, 9, 9, 9], External);
        _stage.Complete(load); // taken before anything was stored
        Assert.Equal([3, 3, 3, 3], Own);
    }

    [Fact]
    public void Copies_to_one_place_land_in_the_order_in_which_they_were_started()
    {
        _stage.Send<int>(_own, _other);
        Own.Fill(7);
        _stage.Send(_own.Slice(1, 2), _other.Slice(0, 2));
        _stage.Deliver(_memories);
        Assert.Equal([7, 7, 1, 1], Other);
    }

    [Fact]
    public void Ranges_move_only_their_elements()
    {
        External[2] = 5;
        _stage.Complete(_stage.Load(_external.Slice(2, 1), _own.Slice(3, 1)));
        Assert.Equal([1, 1, 1, 5], Own);
    }
}
