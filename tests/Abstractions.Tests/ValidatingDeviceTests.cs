using NSubstitute;

namespace NeuroHal.Abstractions.Tests;

/// <summary>What is illegal never reaches a backend; what is legal reaches it unchanged.</summary>
public sealed class ValidatingDeviceTests
{
    private static readonly PerformanceLevel _level = new("PL1", 0.7, 125e6);

    private readonly IDevice _inner = Substitute.For<IDevice>();
    private readonly ICore[] _cores = [Substitute.For<ICore>(), Substitute.For<ICore>()];
    private readonly ValidatingDevice _device;
    private int _regions;

    public ValidatingDeviceTests()
    {
        for (int i = 0; i < _cores.Length; i++)
        {
            int id = i;
            _cores[i].Id.Returns(id);
            _cores[i].Sram.Allocate<int>(Arg.Any<string>(), Arg.Any<int>())
                .Returns(call => new SramBuffer<int>(id, _regions, 1, 16 * _regions++, call.Arg<int>()));
        }
        _inner.Cores.Returns(_cores);
        _inner.Dram.Allocate<int>(Arg.Any<string>(), Arg.Any<int>()).Returns(call => new DramBuffer<int>(1, call.Arg<int>()));
        _inner.Info.Returns(new DeviceInfo
        {
            Backend = "Mock",
            Profile = "mock",
            Kind = DeviceKind.Emulation,
            Cores = 2,
            CoresAvailable = 4,
            SramPerCore = new Bytes(1024),
            SramIsLimited = true,
            Dram = new Bytes(1024),
            Levels = [_level],
            Energy = null,
        });
        _inner.When(d => d.Superstep(Arg.Any<string>(), Arg.Any<Action<ICore>>())).Do(call =>
        {
            foreach (ICore core in _cores)
            {
                call.Arg<Action<ICore>>()(core);
            }
        });
        _device = new ValidatingDevice(_inner);
    }

    private delegate void Fault(ICore core, SramBuffer<int> own, SramBuffer<int> foreign, DramBuffer<int> external);

    public static TheoryData<string, string> IllegalInSuperstep { get; } = new()
    {
        { "load of unequal lengths", "2 elements into a range of 3" },
        { "load into another core", "core 1" },
        { "load beyond the end", "[0, 4)" },
        { "send to itself", "to itself" },
        { "wait for nothing", "not pending" },
        { "wait twice", "not pending" },
        { "unknown level", "'PL9' is not one of PL1" },
        { "released buffer", "'own' at offset 0 was used after its release" },
        { "allocation", "Superstep 'test': SRAM buffer 'late' of core 0 was allocated before it ended" },
        { "reservation", "SRAM for 'late' of core 0 was reserved before it ended" },
        { "release", "SRAM buffer 'own' of core 0 was released before it ended" },
        { "allocation outside", "DRAM buffer 'late' was allocated before it ended" },
        { "release outside", "DRAM buffer 'external' was released before it ended" },
        { "host link", "before it ended" },
        { "nested superstep", "Superstep 'test': superstep 'inner' was started before it ended" },
        { "phase", "the phase was changed before it ended" },
        { "save", "the state was saved before it ended" },
        { "empty buffer", "length 0 is below 1" },
        { "references", "holds references" },
    };

    [Theory]
    [MemberData(nameof(IllegalInSuperstep))]
    public void An_illegal_request_is_refused_in_front_of_the_backend(string request, string message)
    {
        SramBuffer<int> own = _device.Cores[0].Sram.Allocate<int>("own", 4);
        SramBuffer<int> foreign = _device.Cores[1].Sram.Allocate<int>("foreign", 4);
        DramBuffer<int> external = _device.Dram.Allocate<int>("external", 8);
        if (request == "released buffer")
        {
            _device.Cores[0].Sram.Release(own);
        }
        Fault fault = Illegal(request);
        BadArgumentException e = Assert.Throws<BadArgumentException>(() => _device.Superstep("test", core =>
        {
            if (core.Id == 0)
            {
                fault(core, own, foreign, external);
            }
        }));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        int legal = request == "wait twice" ? 1 : 0;
        Assert.Equal(legal, _cores[0].Dma.ReceivedCalls().Count(c => c.GetMethodInfo().Name == nameof(IDmaEngine.Load)));
        Assert.Equal(legal, _cores[0].Dma.ReceivedCalls().Count(c => c.GetMethodInfo().Name == nameof(IDmaEngine.Wait)));
    }

    [Fact]
    public void Legal_requests_pass_unchanged()
    {
        SramBuffer<int> own = _device.Cores[0].Sram.Allocate<int>("own", 4);
        DramBuffer<int> external = _device.Dram.Allocate<int>("external", 8);
        _device.Superstep("test", core =>
        {
            if (core.Id == 0)
            {
                core.Level = _level;
                core.Dma.Wait(core.Dma.Load(external.Slice(4, 4), own));
                core.Run(new Nothing());
            }
        });
        _cores[0].Dma.Received(1).Load(external.Slice(4, 4), (SramRange<int>)own);
        _cores[0].Dma.Received(1).Wait(Arg.Any<DmaTransfer>());
        _cores[0].Received(1).Run(new Nothing());
        _cores[0].Received(1).Level = _level;
    }

    [Fact]
    public void Kernels_and_transfers_belong_into_supersteps()
    {
        SramBuffer<int> own = _device.Cores[0].Sram.Allocate<int>("own", 4);
        DramBuffer<int> external = _device.Dram.Allocate<int>("external", 4);
        Assert.Contains("'nothing'", Assert.Throws<BadArgumentException>(() => _device.Cores[0].Run(new Nothing())).Message, StringComparison.Ordinal);
        Assert.Throws<BadArgumentException>(() => _device.Cores[0].Dma.Load<int>(external, own));
    }

    [Fact]
    public void After_an_exception_in_a_body_the_device_goes_on()
    {
        Assert.Throws<TimeoutException>(() => _device.Superstep("fails", _ => throw new TimeoutException()));
        int ran = 0;
        _device.Superstep("works", _ => ran++);
        Assert.Equal(2, ran);
    }

    [Fact]
    public void A_state_is_saved_between_supersteps_also_while_a_transfer_is_pending()
    {
        SramBuffer<int> own = _device.Cores[0].Sram.Allocate<int>("own", 4);
        DramBuffer<int> external = _device.Dram.Allocate<int>("external", 4);
        DmaTransfer load = default;
        _device.Superstep("start", core => load = core.Id == 0 ? core.Dma.Load<int>(external, own) : load);
        _device.SaveState();
        _inner.Received(1).SaveState();
        _device.Superstep("end", core =>
        {
            if (core.Id == 0)
            {
                core.Dma.Wait(load);
            }
        });
    }

    [Fact]
    public async Task A_disposed_device_is_not_used()
    {
        await _device.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => _device.Superstep("late", _ => { }));
        await _inner.Received(1).DisposeAsync();
    }

    [Fact]
    public void A_slice_stays_inside_its_buffer()
    {
        SramBuffer<int> own = _device.Cores[0].Sram.Allocate<int>("own", 4);
        Assert.Throws<BadArgumentException>(() => own.Slice(3, 2));
        Assert.Throws<BadArgumentException>(() => own.Slice(-1, 1));
        Assert.Throws<BadArgumentException>(() => own.Slice(1, int.MaxValue));
    }

    private Fault Illegal(string request) => request switch
    {
        "load of unequal lengths" => (core, own, _, external) => core.Dma.Load(external.Slice(0, 2), own.Slice(0, 3)),
        "load into another core" => (core, _, foreign, external) => core.Dma.Load(external.Slice(0, 4), foreign),
        "load beyond the end" => (core, own, _, external) => core.Dma.Load(external.Slice(0, 4), new SramRange<int>(own, 1, 4)),
        "send to itself" => (core, own, _, _) => core.Dma.Send(own.Slice(0, 2), own.Slice(2, 2)),
        "wait for nothing" => (core, _, _, _) => core.Dma.Wait(new DmaTransfer(0, 5)),
        "wait twice" => (core, own, _, external) =>
        {
            DmaTransfer load = core.Dma.Load(external.Slice(0, 4), own);
            core.Dma.Wait(load);
            core.Dma.Wait(load);
        }
        ,
        "unknown level" => (core, _, _, _) => core.Level = new PerformanceLevel("PL9", 1, 1),
        "released buffer" => (core, own, _, external) => core.Dma.Load(external.Slice(0, 4), own),
        "allocation" => (core, _, _, _) => core.Sram.Allocate<int>("late", 1),
        "reservation" => (core, _, _, _) => core.Sram.Reserve("late", new Bytes(4)),
        "release" => (core, own, _, _) => core.Sram.Release(own),
        "allocation outside" => (_, _, _, _) => _device.Dram.Allocate<int>("late", 1),
        "release outside" => (_, _, _, external) => _device.Dram.Release(external),
        "host link" => (_, own, _, _) => _device.Host.Write<int>(new int[4], own),
        "nested superstep" => (_, _, _, _) => _device.Superstep("inner", _ => { }),
        "phase" => (_, _, _, _) => _device.Phase = Phase.Train,
        "save" => (_, _, _, _) => _device.SaveState(),
        "empty buffer" => (core, _, _, _) => core.Sram.Allocate<int>("empty", 0),
        "references" => (core, _, _, _) => core.Sram.Allocate<KeyValuePair<string, int>>("names", 1),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, null),
    };

    private readonly record struct Nothing : IKernel
    {
        public string Name => "nothing";

        public WorkCounts Run(SramView sram) => WorkCounts.None;
    }
}
