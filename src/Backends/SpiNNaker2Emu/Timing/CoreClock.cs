using NeuroHal.SpiNNaker2Emu.Profile;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// Where a core's clock is and at which level, and what its waiting costs by the policy.
/// </summary>
internal sealed class CoreClock(int core, DeviceProfile profile, PowerPolicy policy, IReadOnlyList<PerformanceLevel> levels, int level)
{
    private readonly SimTime _switch = SimTime.FromNanoseconds(profile.Timing.LevelSwitch.Value);
    private readonly string _track = $"core {core}";

    public SimTime Now { get; private set; }

    /// <summary>The level it is at at this moment; the program may already have asked for another.</summary>
    public int Level { get; private set; } = level;

    public ITimelineSink? Sink { get; set; }

    public void Set(SimTime now, int level)
    {
        Now = now;
        Level = level;
    }

    public void Compute(string name, SimTime duration) => Pass(TimelineActivity.Compute, name, duration);

    /// <summary>Changes the level, which takes its time at the higher of both.</summary>
    public void ChangeLevel(int level, CoreLedger[] ledgers)
    {
        ledgers[Math.Max(level, Level)].AwakePicoseconds += _switch.Picoseconds;
        Pass(TimelineActivity.LevelSwitch, levels[level].Name, _switch);
        Level = level;
        Sink?.Level(core, levels[level], Now);
    }

    /// <summary>Waits until a moment, if that is yet to come.</summary>
    public void WaitUntil(SimTime moment, string what, CoreLedger[] ledgers)
    {
        if (moment <= Now)
        {
            return;
        }
        int before = Level;
        bool lowers = policy == PowerPolicy.PerPhase && Level > 0;
        if (lowers)
        {
            ChangeLevel(0, ledgers);
        }
        if (moment > Now)
        {
            SimTime duration = moment - Now;
            if (policy == PowerPolicy.Fixed)
            {
                ledgers[Level].AwakePicoseconds += duration.Picoseconds;
            }
            else
            {
                ledgers[Level].AsleepPicoseconds += duration.Picoseconds;
            }
            Pass(TimelineActivity.Wait, what, duration);
        }
        if (lowers)
        {
            ChangeLevel(before, ledgers);
        }
    }

    private void Pass(TimelineActivity activity, string name, SimTime duration)
    {
        Sink?.Span(new TimelineSpan(_track, activity, name, Now, Now + duration));
        Now += duration;
    }
}
