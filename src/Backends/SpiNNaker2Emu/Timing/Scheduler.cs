namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// Works out when everything in a superstep happened: of all cores that ask for a transfer next, the one whose clock is
/// earliest comes first, of equal ones the one with the lower number.
/// </summary>
internal sealed class Scheduler(EmuCore[] cores, Interconnect interconnect)
{
    private readonly PriorityQueue<int, (long Picoseconds, int Core)> _asking = new(cores.Length);

    /// <summary>Runs all logs to their ends.</summary>
    public void Run()
    {
        foreach (EmuCore core in cores)
        {
            GoOn(core);
        }
        while (_asking.TryDequeue(out int next, out _))
        {
            cores[next].StartTransfer(interconnect);
            GoOn(cores[next]);
        }
    }

    private void GoOn(EmuCore core)
    {
        core.AdvanceToTransfer();
        if (!core.Log.AtEnd)
        {
            _asking.Enqueue(core.Id, (core.Clock.Now.Picoseconds, core.Id));
        }
    }
}
