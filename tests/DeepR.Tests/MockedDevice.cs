using System.Runtime.CompilerServices;
using NeuroHal.Kernels;
using NSubstitute;

namespace NeuroHal.DeepR.Tests;

/// <summary>A device of mocks that notes down, in order, what the algorithm asks of it.</summary>
internal sealed class MockedDevice
{
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
            SramPerCore = new Bytes(sramBytes),
            SramIsLimited = true,
            Dram = Bytes.FromKiB(1024),
            Levels = [new PerformanceLevel("only", 1, 1e6)],
            Energy = null,
        });
        Device.Cores.Returns([Core]);
        Device.When(d => d.Superstep(Arg.Any<string>(), Arg.Any<Action<ICore>>())).Do(call =>
        {
            Log.Add($"superstep {call.Arg<string>()}");
            call.Arg<Action<ICore>>()(Core);
        });
        Core.Sram.When(s => s.Reserve(Arg.Any<string>(), Arg.Any<Bytes>())).Do(call =>
        {
            Log.Add($"reserve {call.Arg<string>()}");
            Allocated += call.Arg<Bytes>();
        });
        Allocations<byte>();
        Allocations<float>();
        Allocations<uint>();
        Allocations<ushort>();
        Allocations<ConnectionCount>();
        Allocations<Tally>();
        Device.Dram.Allocate<byte>(Arg.Any<string>(), Arg.Any<int>()).Returns(call => new DramBuffer<byte>(1, call.Arg<int>()));
        Core.Dma.Load(Arg.Any<DramRange<byte>>(), Arg.Any<SramRange<byte>>()).Returns(call =>
        {
            Log.Add($"load {++_transfers}");
            return new DmaTransfer(0, _transfers);
        });
        Core.Dma.When(d => d.Wait(Arg.Any<DmaTransfer>())).Do(call => Log.Add($"wait {call.Arg<DmaTransfer>().Sequence}"));
        Core.When(c => c.Run(Arg.Any<AnyKernel>())).Do(call => Log.Add($"run {((IKernel)call[0]).Name}"));
    }

    public IDevice Device { get; } = Substitute.For<IDevice>();

    public ICore Core { get; } = Substitute.For<ICore>();

    public List<string> Log { get; } = [];

    public Bytes Allocated { get; private set; }

    private void Allocations<T>() where T : struct =>
        Core.Sram.Allocate<T>(Arg.Any<string>(), Arg.Any<int>()).Returns(call =>
        {
            Log.Add($"allocate {call.Arg<string>()}");
            Allocated += new Bytes((long)call.Arg<int>() * Unsafe.SizeOf<T>());
            return new SramBuffer<T>(0, _regions++, 1, 0, call.Arg<int>());
        });

    /// <summary>Stands for every kernel type.</summary>
    private readonly struct AnyKernel : IKernel, Arg.AnyType
    {
        public string Name => "any";

        public WorkCounts Run(SramView sram) => WorkCounts.None;
    }
}
