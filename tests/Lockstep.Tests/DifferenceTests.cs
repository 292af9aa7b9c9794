using NeuroHal.Lockstep.Comparing;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Lockstep.Tests;

/// <summary>What counts as a difference, and how it is told: small programs that are not quite the same.</summary>
public sealed class DifferenceTests
{
    [Theory]
    [InlineData(1f, 0x3F800002u, 1ul, 2ul)]
    [InlineData(-1f, 0xBF800002u, 1ul, 2ul)]
    [InlineData(1e-45f, 0x80000001u, 1ul, 2ul)]
    [InlineData(1f, 0x40000000u, 8_388_607ul, 8_388_608ul)]
    public void Floats_may_be_apart_by_the_bound_and_no_more(float expected, uint actual, ulong tooFew, ulong distance)
    {
        Divergence? Find(ulong ulps) => Parting(Write([7f, expected, 9f]), Write([7f, BitConverter.UInt32BitsToSingle(actual), 9f]), ulps);
        var value = Assert.IsType<ValueDivergence>(Find(0));
        Assert.Equal(("x", 1, distance), (value.Buffer, value.Element, value.Ulps));
        Assert.Equal(distance, Assert.IsType<ValueDivergence>(Find(tooFew)).Ulps);
        Assert.Null(Find(distance));
    }

    [Fact]
    public void Zeros_of_different_sign_are_different_bits_but_no_distance_apart()
    {
        Assert.Equal(0UL, Assert.IsType<ValueDivergence>(Parting(Write([0f]), Write([-0f]))).Ulps);
        Assert.Null(Parting(Write([0f]), Write([-0f]), ulps: 1));
    }

    [Fact]
    public void What_is_not_a_number_equals_only_the_same_bits()
    {
        Assert.Null(Parting(Write([float.NaN]), Write([float.NaN])));
        Assert.Null(Assert.IsType<ValueDivergence>(Parting(Write([float.NaN]), Write([1f]), ulong.MaxValue)).Ulps);
    }

    [Fact]
    public void Integers_are_never_close_enough()
    {
        var value = Assert.IsType<ValueDivergence>(Parting(Write<ushort>([1, 2, 3, 4]), Write<ushort>([1, 2, 4, 5]), ulong.MaxValue));
        Assert.Equal((2, "3", "4", null, 2, 4), (value.Element, value.Expected, value.Actual, value.Ulps, value.Differing, value.Length));
    }

    [Fact]
    public void A_number_within_an_element_is_named()
    {
        var value = Assert.IsType<ValueDivergence>(Parting(Write([new Sum(1, 2.5)]), Write([new Sum(1, 2.75)])));
        Assert.Equal(("[0].Total", "2.5 (0x4004000000000000)"), (value.ElementName, value.Expected));
    }

    [Fact]
    public void An_element_whose_numbers_cannot_be_told_apart_is_bytes()
    {
        var value = Assert.IsType<ValueDivergence>(Parting(Write([new Nested(new Sum(1, 0))]), Write([new Nested(new Sum(2, 0))]), ulong.MaxValue));
        Assert.Equal(("[0]", null), (value.ElementName, value.Ulps));
        Assert.StartsWith("0x0100", value.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_host_wrote_is_told_from_what_a_kernel_did()
    {
        Action<IDevice, CancellationToken> Host(int written) => (device, _) =>
        {
            SramBuffer<int> buffer = device.Cores[0].Sram.Allocate<int>("x", 1);
            device.Host.Write<int>(new[] { written }, buffer);
            device.Superstep("look", _ => { });
        };
        Assert.Equal(EventKind.Begin, Assert.IsType<ValueDivergence>(Parting(Host(1), Host(2))).Kind);
    }

    [Fact]
    public void Another_kernel_is_told()
    {
        var other = Assert.IsType<EventDivergence>(Parting(Write([1f]), (device, _) =>
        {
            SramBuffer<float> buffer = device.Cores[0].Sram.Allocate<float>("x", 1);
            device.Superstep("write", core => core.Run(new Clear(buffer)));
        }));
        Assert.Equal(("kernel write", "kernel clear", 1), (other.Expected, other.Actual, other.Superstep));
    }

    [Fact]
    public void A_kernel_that_does_not_run_is_told()
    {
        var other = Assert.IsType<EventDivergence>(Parting(Write([1f]), (device, _) =>
        {
            device.Cores[0].Sram.Allocate<float>("x", 1);
            device.Superstep("write", _ => { });
        }));
        Assert.Equal(("kernel write", "end of the superstep's program"), (other.Expected, other.Actual));
    }

    [Fact]
    public void A_buffer_of_another_shape_is_told()
    {
        var other = Assert.IsType<EventDivergence>(Parting(Write([1f]), Write([1f, 2f])));
        Assert.Equal("buffer 'x' of 1 Single allocated", other.Expected);
        Assert.Equal("buffer 'x' of 2 Single allocated", other.Actual);
    }

    [Fact]
    public void A_run_that_ends_early_or_goes_on_is_told()
    {
        Action<IDevice, CancellationToken> Twice() => (device, cancellation) =>
        {
            Write([1f])(device, cancellation);
            device.Superstep("more", _ => { });
        };
        var early = Assert.IsType<EventDivergence>(Parting(Twice(), Write([1f])));
        Assert.Equal(("superstep 'more'", "the end of the run", 2), (early.Expected, early.Actual, early.Superstep));
        var late = Assert.IsType<EventDivergence>(Parting(Write([1f]), Twice()));
        Assert.Equal(("the end of the run", "superstep 'more'", 2), (late.Expected, late.Actual, late.Superstep));
    }

    [Fact]
    public void Buffers_that_come_and_go_are_followed()
    {
        Action<IDevice, CancellationToken> Reuse(int last) => (device, _) =>
        {
            ISram sram = device.Cores[0].Sram;
            SramBuffer<int> first = sram.Allocate<int>("first", 4);
            device.Superstep("one", core => core.Run(new Write<int>(first, [1, 2, 3, 4])));
            sram.Release(first);
            SramBuffer<int> second = sram.Allocate<int>("second", 4);
            device.Superstep("two", core => core.Run(new Write<int>(second, [0, 0, 3, last])));
        };
        Assert.Null(Parting(Reuse(4), Reuse(4)));
        var value = Assert.IsType<ValueDivergence>(Parting(Reuse(4), Reuse(5)));
        Assert.Equal(("second", 3, 2), (value.Buffer, value.Element, value.Superstep));
    }

    private static Divergence? Parting(
        Action<IDevice, CancellationToken> expected, Action<IDevice, CancellationToken> actual, ulong ulps = 0)
    {
        var records = new RecordList();
        Programs.Record(Devices.Open("ReferenceCpu"), expected, records);
        return Programs.Compare(records, Devices.Open("ReferenceCpu"), actual, ulps).Divergence;
    }

    private static Action<IDevice, CancellationToken> Write<T>(T[] values) where T : struct => (device, _) =>
    {
        SramBuffer<T> buffer = device.Cores[0].Sram.Allocate<T>("x", values.Length);
        device.Superstep("write", core => core.Run(new Write<T>(buffer, values)));
    };

    private readonly record struct Sum(int Count, double Total);

    private readonly record struct Nested(Sum Inner);
}

internal readonly struct Write<T>(SramBuffer<T> to, T[] values) : IKernel
    where T : struct
{
    public string Name => "write";

    public WorkCounts Run(SramView sram)
    {
        values.CopyTo(sram.Span(to));
        return WorkCounts.None;
    }
}

internal readonly struct Clear(SramBuffer<float> buffer) : IKernel
{
    public string Name => "clear";

    public WorkCounts Run(SramView sram)
    {
        sram.Span(buffer).Clear();
        return WorkCounts.None;
    }
}
