using NeuroHal;
using NSubstitute;
using Xunit;

namespace MyAlgorithm.Tests;

/// <summary>What the algorithm asks of a device, and in what order. No backend is needed to know.</summary>
public sealed class MeanFollowerTests
{
    private const int Length = 3;

    private readonly IDevice _device = Substitute.For<IDevice>();
    private readonly ICore _core = Substitute.For<ICore>();
    private readonly SramBuffer<float> _sample = new(0, 0, 1, 0, Length);
    private readonly SramBuffer<float> _mean = new(0, 1, 1, 12, Length);

    public MeanFollowerTests()
    {
        _core.Sram.Allocate<float>("sample", Length).Returns(_sample);
        _core.Sram.Allocate<float>("mean", Length).Returns(_mean);
        _device.Cores.Returns([_core]);
        _device.When(d => d.Superstep(Arg.Any<string>(), Arg.Any<Action<ICore>>()))
            .Do(call => call.Arg<Action<ICore>>()(_core));
    }

    [Fact]
    public void It_sends_the_sample_before_the_core_works_on_it()
    {
        var follower = new MeanFollower(_device, Length, 0.5f);
        ReadOnlyMemory<float> sample = new float[] { 1, 2, 3 };

        follower.Show([sample]);

        Received.InOrder(() =>
        {
            _core.Sram.Allocate<float>("sample", Length);
            _core.Sram.Allocate<float>("mean", Length);
            _device.Host.Write<float>(sample, _sample);
            _core.Run(new Follow(_sample, _mean, 0.5f));
        });
    }

    [Fact]
    public void It_reads_the_mean_from_the_device_and_keeps_no_copy()
    {
        var follower = new MeanFollower(_device, Length, 0.5f);
        follower.ReadMean(0);
        follower.ReadMean(0);
        _device.Host.Received(2).Read<float>(_mean, Arg.Any<Memory<float>>());
    }
}
