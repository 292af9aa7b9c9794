using System.Runtime.InteropServices;

namespace NeuroHal.ReferenceCpu;

/// <summary>Wall time, traffic and, where the host has a meter, energy, by phase.</summary>
internal sealed class CpuCounters
{
    private const int WordsPerCore = 4;
    private const int WordsPerPhase = 4;

    private readonly int _cores;
    private readonly TimeProvider _time;
    private readonly EnergyMeter? _meter;
    private readonly PhaseCount[] _phases;
    private int _phase;

    public CpuCounters(int cores, TimeProvider time, EnergyMeter? meter)
    {
        _cores = cores;
        _time = time;
        _meter = meter;
        _phases = [.. Enum.GetValues<Phase>().Select(_ => new PhaseCount(cores))];
    }

    public Phase Phase
    {
        get => (Phase)_phase;
        set
        {
            TakeEnergy();
            _phase = (int)value;
        }
    }

    public CoreCount OfCore(int core) => _phases[_phase].Cores[core];

    public long Start() => _time.GetTimestamp();

    public void Stop(long start) =>
        _phases[_phase].Picoseconds += SimTime.FromSeconds(_time.GetElapsedTime(start).TotalSeconds).Picoseconds;

    public void CountHost(long bytes, bool toDevice)
    {
        if (toDevice)
        {
            _phases[_phase].ToDevice += bytes;
        }
        else
        {
            _phases[_phase].ToHost += bytes;
        }
    }

    public DeviceCounters Read()
    {
        TakeEnergy();
        return new([.. Enum.GetValues<Phase>().Select(phase => Read(phase))]);
    }

    public CoreCounters Read(Phase phase, int core)
    {
        CoreCount count = _phases[(int)phase].Cores[core];
        return new CoreCounters
        {
            Core = core,
            Busy = Cycles.Zero,
            BusyTime = SimTime.Zero, // two readings of the clock for each core and superstep would slow down what they measure
            WaitingTime = SimTime.Zero,
            KernelCalls = count.KernelCalls,
            Work = WorkCounts.None,
            DmaLoaded = new Bytes(count.Loaded),
            DmaStored = new Bytes(count.Stored),
            NocSent = new Bytes(count.Sent),
        };
    }

    public byte[] Save()
    {
        TakeEnergy();
        return StateBlob.Pack(Owner, [.. _phases.SelectMany(p => p.ToWords())]);
    }

    public void Restore(ReadOnlyMemory<byte> state)
    {
        int wordsPerPhase = WordsPerPhase + (_cores * WordsPerCore);
        long[] words = StateBlob.Unpack(Owner, state);
        if (words.Length != _phases.Length * wordsPerPhase)
        {
            throw new BadDataException(
                $"The device state holds {words.Length} numbers; one of {Owner} holds {_phases.Length * wordsPerPhase}.");
        }
        for (int phase = 0; phase < _phases.Length; phase++)
        {
            _phases[phase].FromWords(words.AsSpan(phase * wordsPerPhase, wordsPerPhase));
        }
        _meter?.Take(); // what was used up to now belongs to what is forgotten
    }

    private string Owner => $"ReferenceCpu 1 with {_cores} core(s)";

    /// <summary>
    /// Credits the phase with what the meter counted since the last time: the whole package, idle moments between
    /// supersteps included. The meter ticks about once a millisecond, so it is not read for each superstep.
    /// </summary>
    private void TakeEnergy() => _phases[_phase].Microjoules += _meter?.Take() ?? 0;

    private PhaseCounters Read(Phase phase)
    {
        PhaseCount count = _phases[(int)phase];
        return new PhaseCounters
        {
            Phase = phase,
            Elapsed = new SimTime(count.Picoseconds),
            Cores = [.. Enumerable.Range(0, _cores).Select(core => Read(phase, core))],
            HostToDevice = new Bytes(count.ToDevice),
            DeviceToHost = new Bytes(count.ToHost),
            Energy = _meter is null ? null : new EnergyReading(
                EnergyMethod.Measured,
                new Dictionary<EnergyDomain, Joules> { [EnergyDomain.Package] = Joules.Exactly(count.Microjoules * 1e-6) },
                AssumedShare: 0),
        };
    }

    /// <summary>
    /// One core in one phase. A core is on one thread at a time, so plain fields will do, with a cache line's room on either side: they
    /// change with every kernel, and the next core's thread is not to wait for that.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 160)]
    internal sealed class CoreCount
    {
        [FieldOffset(64)]
        public long KernelCalls;

        [FieldOffset(72)]
        public long Loaded;

        [FieldOffset(80)]
        public long Stored;

        [FieldOffset(88)]
        public long Sent;
    }

    private sealed class PhaseCount(int cores)
    {
        public CoreCount[] Cores { get; } = [.. Enumerable.Range(0, cores).Select(_ => new CoreCount())];

        public long Picoseconds { get; set; }

        public long Microjoules { get; set; }

        public long ToDevice { get; set; }

        public long ToHost { get; set; }

        public IEnumerable<long> ToWords() =>
        [
            Picoseconds, Microjoules, ToDevice, ToHost,
            .. Cores.SelectMany(c => new[] { c.KernelCalls, c.Loaded, c.Stored, c.Sent }),
        ];

        public void FromWords(ReadOnlySpan<long> words)
        {
            (Picoseconds, Microjoules, ToDevice, ToHost) = (words[0], words[1], words[2], words[3]);
            for (int i = 0; i < Cores.Length; i++)
            {
                int at = WordsPerPhase + (i * WordsPerCore);
                CoreCount core = Cores[i];
                (core.KernelCalls, core.Loaded, core.Stored, core.Sent) = (words[at], words[at + 1], words[at + 2], words[at + 3]);
            }
        }
    }
}
