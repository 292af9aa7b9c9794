using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace NeuroHal.Contracts.Tests;

/// <summary>How an algorithm is tested without a device; docs/testing-algorithms.md tells it step by step.</summary>
public sealed class LinearNeuronTests
{
    private const int Inputs = 2;

    private readonly IDevice _device = Substitute.For<IDevice>();
    private readonly ICore _core = Substitute.For<ICore>();
    private readonly SramBuffer<float> _weights = new(Core: 0, Region: 0, Generation: 1, Offset: 0, Length: Inputs);
    private readonly SramBuffer<float> _first = new(0, 1, 1, 8, Inputs + 1);
    private readonly SramBuffer<float> _second = new(0, 2, 1, 20, Inputs + 1);
    private readonly DramBuffer<float> _threeSamples = new(Id: 1, Length: 3 * (Inputs + 1));

    public LinearNeuronTests()
    {
        _device.Info.Returns(Chip(sramBytes: 1024));
        _device.Cores.Returns([_core]);
        _device.When(d => d.Superstep(Arg.Any<string>(), Arg.Any<Action<ICore>>()))
            .Do(call => call.Arg<Action<ICore>>()(_core));
        _core.Sram.Allocate<float>("weights", Inputs).Returns(_weights);
        _core.Sram.Allocate<float>("sample", Inputs + 1).Returns(_first, _second);
    }

    [Fact]
    public void It_allocates_weights_and_two_sample_buffers()
    {
        _ = new LinearNeuron(_device, Inputs);

        _core.Sram.Received(1).Allocate<float>("weights", Inputs);
        _core.Sram.Received(2).Allocate<float>("sample", Inputs + 1);
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_allocated()
    {
        _device.Info.Returns(Chip(sramBytes: 31));

        Assert.Throws<CapacityExceededException>(() => new LinearNeuron(_device, Inputs));

        _core.Sram.DidNotReceiveWithAnyArgs().Allocate<float>("", 0);
    }

    [Fact]
    public void It_learns_from_the_sample_that_has_arrived_at_the_given_rate()
    {
        new LinearNeuron(_device, Inputs).Train(_threeSamples, rate: 0.5f);

        _core.Received(2).Run(Arg.Is<DeltaRule>(k => k.Sample == _first && k.Weights == _weights && k.Rate == 0.5f));
        _core.Received(1).Run(Arg.Is<DeltaRule>(k => k.Sample == _second));
    }

    [Fact]
    public void A_training_step_fetches_ahead_then_waits_then_learns()
    {
        DmaTransfer[] loads = [new(0, 1), new(0, 2), new(0, 3)];
        _core.Dma.Load(Arg.Any<DramRange<float>>(), Arg.Any<SramRange<float>>()).Returns(loads[0], loads[1..]);

        new LinearNeuron(_device, Inputs).Train(_threeSamples, rate: 0.5f);

        Received.InOrder(() =>
        {
            _device.Phase = Phase.Train;
            _device.Superstep("learn", Arg.Any<Action<ICore>>());
            _core.Dma.Load<float>(_threeSamples.Slice(0, 3), _first);
            _core.Dma.Load<float>(_threeSamples.Slice(3, 3), _second);
            _core.Dma.Wait(loads[0]);
            _core.Run(Arg.Any<DeltaRule>());
            _device.Superstep("learn", Arg.Any<Action<ICore>>());
            _core.Dma.Load<float>(_threeSamples.Slice(6, 3), _first);
            _core.Dma.Wait(loads[1]);
            _core.Run(Arg.Any<DeltaRule>());
            _device.Superstep("learn", Arg.Any<Action<ICore>>());
            _core.Dma.Wait(loads[2]);
            _core.Run(Arg.Any<DeltaRule>());
        });
    }

    [Fact]
    public void A_device_that_fails_is_not_hidden()
    {
        _core.Dma.Load(Arg.Any<DramRange<float>>(), Arg.Any<SramRange<float>>()).Throws(new DeviceFaultException("DMA of core 0 does not answer."));
        var neuron = new LinearNeuron(_device, Inputs);

        Assert.Throws<DeviceFaultException>(() => neuron.Train(_threeSamples, rate: 0.5f));
        _core.DidNotReceive().Run(Arg.Any<DeltaRule>());
    }

    [Fact]
    public void Reading_the_weights_counts_as_evaluation_and_goes_over_the_host_link()
    {
        _device.Host.When(h => h.Read(Arg.Any<SramRange<float>>(), Arg.Any<Memory<float>>()))
            .Do(call => new[] { 3f, 4f }.CopyTo(call.Arg<Memory<float>>()));

        float[] weights = new LinearNeuron(_device, Inputs).ReadWeights();

        Assert.Equal([3f, 4f], weights);
        _device.Received().Phase = Phase.Evaluate;
    }

    private static DeviceInfo Chip(long sramBytes) => new()
    {
        Backend = "mock",
        Profile = "mock",
        Kind = DeviceKind.Emulation,
        Cores = 1,
        CoresAvailable = 1,
        SramPerCore = new Bytes(sramBytes),
        SramIsLimited = true,
        Dram = Bytes.FromKiB(64),
        Levels = [new PerformanceLevel("only", Volts: 1, Hertz: 1e6)],
        Energy = null,
    };
}
