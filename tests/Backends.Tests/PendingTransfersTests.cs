using CsCheck;

namespace NeuroHal.Backends.Tests;

/// <summary>A transfer can be awaited once, in whatever order, however many are pending.</summary>
public sealed class PendingTransfersTests
{
    [Fact]
    public void Transfers_are_awaited_in_any_order_and_once() => Gen.Select(Gen.Bool, Gen.Int[0, 40]).Array[0, 200].Sample(acts =>
    {
        using var run = new EmuRun();
        var device = new ValidatingDevice(run.Device);
        DramBuffer<byte> source = device.Dram.Allocate<byte>("source", 8);
        SramBuffer<byte> destination = device.Cores[0].Sram.Allocate<byte>("destination", 8);
        device.Superstep("loads", core =>
        {
            var started = new List<DmaTransfer>();
            var pending = new HashSet<DmaTransfer>();
            foreach ((bool starts, int back) in acts)
            {
                if (starts)
                {
                    started.Add(core.Dma.Load<byte>(source, destination));
                    pending.Add(started[^1]);
                }
                else if (back < started.Count)
                {
                    DmaTransfer transfer = started[^(back + 1)];
                    bool refused = Record.Exception(() => core.Dma.Wait(transfer)) is BadArgumentException;
                    Assert.Equal(!pending.Remove(transfer), refused);
                }
            }
        });
    });
}
