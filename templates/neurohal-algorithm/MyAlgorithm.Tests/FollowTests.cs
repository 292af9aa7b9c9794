using NeuroHal;
using Xunit;

namespace MyAlgorithm.Tests;

public sealed class FollowTests
{
    [Fact]
    public void A_mean_moves_a_part_of_the_way_and_the_work_is_told()
    {
        var sram = new SramStorage(core: 0, Bytes.FromKiB(1));
        SramBuffer<float> sample = sram.Allocate<float>("sample", 2);
        SramBuffer<float> mean = sram.Allocate<float>("mean", 2);
        sram.View.Span(sample)[0] = 8;
        sram.View.Span(sample)[1] = -4;

        WorkCounts work = new Follow(sample, mean, 0.25f).Run(sram.View);

        Assert.Equal([2f, -1f], sram.View.Span(mean).ToArray());
        Assert.Equal(2, work.FloatMultiplyAdd);
    }
}
