using NeuroHal.Cli.Reports;
using NeuroHal.Results;

namespace NeuroHal.Cli.Tests;

/// <summary>What a device counted, as <c>result.json</c> has it.</summary>
public sealed class ResultFileTests
{
    [Theory]
    [InlineData(0, 0, null, null)] // nothing was measured: no times rather than none
    [InlineData(2, 0, 2.0, 0.0)]
    [InlineData(0, 3, 0.0, 3.0)] // a core that only waited
    public void Times_of_a_core_are_missing_where_none_were_measured(double busy, double waiting, double? shownBusy, double? shownWaiting)
    {
        CoreTimeRecord times = ResultFile.Times(new CoreCounters
        {
            Core = 1,
            Busy = Cycles.Zero,
            BusyTime = SimTime.FromSeconds(busy),
            WaitingTime = SimTime.FromSeconds(waiting),
            KernelCalls = 7,
            Work = WorkCounts.None,
            DmaLoaded = Bytes.Zero,
            DmaStored = Bytes.Zero,
            NocSent = Bytes.Zero,
        });
        Assert.Equal((shownBusy, shownWaiting, 7), (times.BusySeconds, times.WaitingSeconds, times.KernelCalls));
    }
}
