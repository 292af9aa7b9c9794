namespace NeuroHal.Conformance.Clauses;

/// <summary>A program with a copy in flight between two supersteps, which is where a long run is saved.</summary>
internal sealed class PendingState
{
    // Large enough that the copy is still on its way when the superstep that started it ends.
    private const int Elements = 1024;

    private readonly IDevice _device;
    private readonly SramBuffer<int> _own;
    private readonly SramBuffer<int> _next;
    private readonly DramBuffer<int>? _external;
    private DmaTransfer _pending;

    private PendingState(IDevice device)
    {
        _device = device;
        _own = device.Filled(0, "own", Probes.Counting(0, Elements));
        _next = device.Cores[0].Sram.Allocate<int>("next", Elements);
        _external = device.Info.Dram > Bytes.Zero ? device.Filled("external", Probes.Counting(7, Elements)) : null;
        device.Phase = Phase.Train;
        device.On(0, core =>
        {
            core.Run(new AddKernel(_own with { Length = 1 }, 1));
            if (_external is { } external)
            {
                _pending = core.Dma.Load<int>(external, _next);
            }
        });
    }

    public static void Examine(DeviceBench bench)
    {
        ReadOnlyMemory<byte> never = new PendingState(bench.Open()).Save();
        string expected = new PendingState(bench.Open()).GoOn();

        var same = new PendingState(bench.Open());
        ReadOnlyMemory<byte> state = same.Save();
        // What is read in between is what a checkpoint reads, and is not to show.
        same._device.Phase = Phase.Evaluate;
        same._device.Read(same._own);
        same._device.RestoreState(state);
        same._device.Phase = Phase.Train;
        Expect.Equal(expected, same.GoOn(), "counters, the state taken back by the same device");

        var other = new PendingState(bench.Open());
        other._device.Read(other._own);
        other._device.RestoreState(never);
        Expect.Equal(expected, other.GoOn(), "counters, the state taken back by another device");
    }

    private ReadOnlyMemory<byte> Save() => _device.SaveState();

    /// <summary>Runs to the end and tells what was counted; of an emulation also when.</summary>
    private string GoOn()
    {
        _device.On(0, core =>
        {
            if (_external is not null)
            {
                core.Dma.Wait(_pending);
            }
            core.Run(new AddKernel(_next, 1));
        });
        Expect.Contents<int>(
            _external is null ? [.. Enumerable.Repeat(1, Elements)] : Probes.Counting(8, Elements), _device.Read(_next), "what was pending");
        PhaseCounters train = _device.ReadCounters()[Phase.Train];
        CoreCounters core = train.Cores[0];
        string counts = $"{core.KernelCalls} calls, {core.DmaLoaded} loaded, {train.DeviceToHost} to the host";
        return _device.Info.Kind == DeviceKind.Emulation
            ? $"{counts}, {train.Elapsed.Picoseconds} ps, {core.Busy} busy, waiting {core.WaitingTime.Picoseconds} ps"
            : counts;
    }
}
