using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Tests;

public sealed class OptionsTests
{
    public static TheoryData<string, TrainingOptions> Illegal => new()
    {
        { "connectivity is 0; it must be above 0", Presets.Paper with { Connectivity = [0, 0.1, 0.1] } },
        { "connectivity is 1.5; it must be above 0 and at most 1", Presets.Paper with { Connectivity = [1.5, 0.1, 0.1] } },
        { "connectivity is NaN", Presets.Paper with { Connectivity = [double.NaN, 0.1, 0.1] } },
        { "3 numbers", Presets.Paper with { Connectivity = [0.1] } },
        { "layers is 784; it must be at least two", Presets.Paper with { Layers = [784], Connectivity = [] } },
        { "sizes from 1", Presets.Paper with { Layers = [784, 0, 100, 10] } },
        { "learningRate is -1", Presets.Paper with { LearningRate = -1 } },
        { "learningRate is NaN", Presets.Paper with { LearningRate = float.NaN } },
        { "epochs is 0", Presets.Paper with { Epochs = 0 } },
        { "lanes is 5; it must be a divisor of the minibatch, 16", Presets.Fast with { Lanes = 5 } },
        { "momentum is 1", Presets.Fast with { Momentum = 1 } },
        { "Unknown rewiring policy 'x'", Presets.Paper with { Rewiring = new() { Policy = "x" } } },
    };

    [Theory]
    [MemberData(nameof(Illegal))]
    public void Illegal_settings_are_refused_with_value_and_range(string message, TrainingOptions options) =>
        Assert.Contains(message, Assert.Throws<BadArgumentException>(options.Validate).Message, StringComparison.Ordinal);

    [Fact]
    public void The_published_learning_rate_halves_every_second_epoch_from_the_third_on()
    {
        float[] rates = [.. Enumerable.Range(1, 9).Select(epoch => LearningRate.At(Presets.Paper, epoch, 0))];
        Assert.Equal([0.05f, 0.05f, 0.025f, 0.025f, 0.0125f, 0.0125f, 0.00625f, 0.00625f, 0.003125f], rates);
    }

    [Fact]
    public void The_cosine_is_a_cosine()
    {
        for (double x = 0; x <= 1; x += 0.01)
        {
            Assert.Equal((1 + Math.Cos(Math.PI * x)) / 2, LearningRate.HalfCosine(x), 1e-10);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    [InlineData(4096)]
    public void An_epochs_order_visits_every_sample_once_and_differs_by_epoch_and_seed(int count)
    {
        int[] order = Order(1, 1);
        Assert.Equal(Enumerable.Range(0, count), order.Order());
        if (count >= 1000)
        {
            Assert.NotEqual(order, Order(1, 2));
            Assert.NotEqual(order, Order(2, 1));
        }

        int[] Order(ulong seed, int epoch)
        {
            var sampleOrder = new SampleOrder(seed, epoch, count);
            return [.. Enumerable.Range(0, count).Select(i => sampleOrder[i])];
        }
    }
}
