namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// Works out when everything in a superstep happened: of all cores that ask for a transfer next, the one whose clock is
/// earliest comes first, of equal ones the one with the lower number.
/// </summary>
internal sealed class Scheduler(EmuCore[] cores, Interconnect interconnect)
{
    /// <summary>Runs all logs to their ends.</summary>
    public void Run()
    {
        foreach (EmuCore core in cores)
        {
            core.AdvanceToTransfer();
        }
        while (Earliest() is { } core)
        {
            core.StartTransfer(interconnect);
            core.AdvanceToTransfer();
        }
    }

    private EmuCore? Earliest()
    {
        EmuCore? earliest = null;
        foreach (EmuCore core in cores)
        {
            if (!core.Log.AtEnd && (earliest is null || core.Clock.Now < earliest.Clock.Now))
            {
                earliest = core;
            }
        }
        return earliest;
    }
}
