namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// Works out when everything in a superstep happened: of all cores that ask for a transfer next, the one whose clock is
/// earliest comes first, of equal ones the one with the lower number. Cores that share nothing, because no transfer leaves its
/// chip, can be worked out chip by chip: the outcome is the same.
/// </summary>
internal sealed class Scheduler(Interconnect interconnect)
{
    private readonly PriorityQueue<int, Turn> _asking = new();

    /// <summary>Runs these cores' logs to their ends; the cores are in the order of their numbers.</summary>
    /// <returns>When the last of them is done and all that they sent has arrived.</returns>
    public SimTime Run(ReadOnlySpan<EmuCore> cores)
    {
        for (int i = 0; i < cores.Length; i++)
        {
            if (cores[i].AdvanceToTransfer())
            {
                _asking.Enqueue(i, new Turn(cores[i].Clock.Now, i));
            }
        }
        while (_asking.TryPeek(out int next, out _))
        {
            EmuCore core = cores[next];
            core.StartTransfer(interconnect);
            if (core.AdvanceToTransfer())
            {
                _asking.DequeueEnqueue(next, new Turn(core.Clock.Now, next));
            }
            else
            {
                _asking.Dequeue();
            }
        }
        SimTime latest = SimTime.Zero;
        foreach (EmuCore core in cores)
        {
            latest = SimTime.Max(latest, SimTime.Max(core.Clock.Now, core.DeliveredAt));
        }
        return latest;
    }

    /// <summary>Whose turn it is.</summary>
    private readonly record struct Turn(SimTime Moment, int Core) : IComparable<Turn>
    {
        public int CompareTo(Turn other) =>
            Moment == other.Moment ? Core.CompareTo(other.Core) : Moment.CompareTo(other.Moment);
    }
}
