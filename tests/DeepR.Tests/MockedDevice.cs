using System.Runtime.CompilerServices;
using NeuroHal.Kernels;
using NSubstitute;

namespace NeuroHal.DeepR.Tests;

/// <summary>A device of mocks that notes down, in order, what the algorithm asks of it.</summary>
internal sealed class MockedDevice
{
    private readonly ICore[] _cores;
    private int _regions;
    private long _transfers;

    public MockedDevice(long sramBytes, int cores = 1)
    {
        Device.Info.Returns(new DeviceInfo
        {
            Backend = "mock",
            Profile = "mock",
            Kind = DeviceKind.Emulation,
            Cores = cores,
            CoresAvailable = 4,
            SramPerCore = new Bytes(sramBytes),
            SramIsLimited = true,
            Dram = Bytes.FromKiB(1024),
            Levels = [new PerformanceLevel("only", 1, 1e6)],
            Energy = null,
        });
        _cores = [.. Enumerable.Range(0, cores).Select(_ => Substitute.For<ICore>())];
        Device.Cores.Returns(_cores);
        Device.When(d => d.Superstep(Arg.Any<string>(), Arg.Any<Action<ICore>>())).Do(call =>
        {
            Log.Add($"superstep {call.Arg<string>()}");
            foreach (ICore core in _cores)
            {
                call.Arg<Action<ICore>>()(core);
            }
        });
        Device.Dram.Allocate<byte>(Arg.Any<string>(), Arg.Any<int>()).Returns(call => new DramBuffer<byte>(1, call.Arg<int>()));
        for (int i = 0; i < cores; i++)
        {
            Mock(_cores[i], i, cores == 1 ? "" : $" on {i}");
        }
    }

    public IDevice Device { get; } = Substitute.For<IDevice>();

    public List<string> Log { get; } = [];

    public Bytes Allocated { get; private set; }

    private void Mock(ICore core, int id, string where)
    {
        core.Id.Returns(id);
        core.Sram.When(s => s.Reserve(Arg.Any<string>(), Arg.Any<Bytes>())).Do(call =>
        {
            Log.Add($"reserve {call.Arg<string>()}");
            Allocated += call.Arg<Bytes>();
        });
        Allocations<byte>(core, id);
        Allocations<float>(core, id);
        Allocations<uint>(core, id);
        Allocations<ushort>(core, id);
        Allocations<ConnectionCount>(core, id);
        Allocations<Tally>(core, id);
        core.Dma.Load(Arg.Any<DramRange<byte>>(), Arg.Any<SramRange<byte>>()).Returns(_ => Start("load", id, where));
        core.Dma.Send(Arg.Any<SramRange<float>>(), Arg.Any<SramRange<float>>())
            .Returns(call => Start("send", id, $"{where} to {call.ArgAt<SramRange<float>>(1).Buffer.Core}"));
        core.Dma.When(d => d.Wait(Arg.Any<DmaTransfer>())).Do(call => Log.Add($"wait {call.Arg<DmaTransfer>().Sequence}"));
        core.When(c => c.Run(Arg.Any<AnyKernel>())).Do(call => Log.Add($"run {((IKernel)call[0]).Name}{where}"));
    }

    private DmaTransfer Start(string what, int core, string where)
    {
        Log.Add($"{what} {++_transfers}{where}");
        return new DmaTransfer(core, _transfers);
    }

    private void Allocations<T>(ICore core, int id) where T : struct =>
        core.Sram.Allocate<T>(Arg.Any<string>(), Arg.Any<int>()).Returns(call =>
        {
            Log.Add($"allocate {call.Arg<string>()}");
            Allocated += new Bytes((long)call.Arg<int>() * Unsafe.SizeOf<T>());
            return new SramBuffer<T>(id, _regions++, 1, 0, call.Arg<int>());
        });

    /// <summary>Stands for every kernel type.</summary>
    private readonly struct AnyKernel : IKernel, Arg.AnyType
    {
        public string Name => "any";

        public WorkCounts Run(SramView sram) => WorkCounts.None;
    }
}
