namespace NeuroHal.Contracts.Tests;

/// <summary>A kernel needs no device: memory is enough.</summary>
public sealed class DeltaRuleTests
{
    private readonly SramStorage _sram = new(core: 0, new Bytes(1024));

    [Fact]
    public void A_step_moves_the_weights_along_the_input_by_rate_times_error()
    {
        SramBuffer<float> sample = Filled([1, 2, 10]);
        SramBuffer<float> weights = Filled([1, 1]);

        new DeltaRule(sample, weights, Rate: 0.1f).Run(_sram.View);

        // The output is 3, the error 7, so the weights move by 0.7 times the inputs.
        float[] moved = _sram.View.Span(weights).ToArray();
        Assert.Equal(1.7f, moved[0], tolerance: 1e-6f);
        Assert.Equal(2.4f, moved[1], tolerance: 1e-6f);
    }

    [Fact]
    public void The_work_is_two_multiply_adds_and_one_store_for_each_weight()
    {
        WorkCounts work = new DeltaRule(Filled([1, 2, 3, 4, 5]), Filled([0, 0, 0, 0]), Rate: 1).Run(_sram.View);

        Assert.Equal(8, work.FloatMultiplyAdd);
        Assert.Equal(4, work.Store);
    }

    [Fact]
    public void A_released_buffer_is_named_by_the_error()
    {
        SramBuffer<float> weights = Filled([1, 1]);
        _sram.Release(weights);

        BadArgumentException error = Assert.Throws<BadArgumentException>(
            () => new DeltaRule(Filled([1, 2, 3]), weights, Rate: 1).Run(_sram.View));
        Assert.Contains("'buffer'", error.Message, StringComparison.Ordinal);
    }

    private SramBuffer<float> Filled(float[] contents)
    {
        SramBuffer<float> buffer = _sram.Allocate<float>("buffer", contents.Length);
        contents.CopyTo(_sram.View.Span(buffer));
        return buffer;
    }
}
