namespace NeuroHal.Conformance.Clauses;

internal static class CounterClauses
{
    public static IEnumerable<Clause> All { get; } =
    [
        new("C1", "counters start at nothing", 1, bench =>
        {
            DeviceCounters counters = bench.Open().ReadCounters();
            Expect.Equal(Enum.GetValues<Phase>().Length, counters.Phases.Count, "number of phases");
            Expect.Equal(SimTime.Zero, counters.Elapsed, "elapsed time");
            Expect.That(
                counters.Phases.SelectMany(p => p.Cores).SelectMany(c => c.Readings).All(r => r.Value == 0),
                $"counters of the cores: expected 0 each");
        }),
        new("C2", "kernels, transfers and host traffic are counted where they happened", 1, bench =>
        {
            IDevice device = bench.Open();
            SramBuffer<int> buffer = device.Filled(0, "buffer", [1, 2, 3]);
            bool dram = device.Info.Dram > Bytes.Zero;
            DramBuffer<int> external = dram ? device.Filled("external", [4, 5, 6]) : default;
            device.Phase = Phase.Train;
            device.On(0, core =>
            {
                core.Run(new AddKernel(buffer, 1));
                core.Run(new AddKernel(buffer, 1));
                if (dram)
                {
                    core.Dma.Wait(core.Dma.Load<int>(external, buffer));
                    core.Dma.Wait(core.Dma.Store(buffer.Slice(0, 1), external.Slice(0, 1)));
                }
            });
            device.Phase = Phase.Evaluate;
            device.Read(buffer);
            DeviceCounters counters = device.ReadCounters();
            Expect.Equal(new Bytes(dram ? 24 : 12), counters[Phase.Load].HostToDevice, "host to device while loading");
            Expect.Equal(2L, counters[Phase.Train].Cores[0].KernelCalls, "kernel calls while training");
            Expect.Equal(new Bytes(dram ? 12 : 0), counters[Phase.Train].Cores[0].DmaLoaded, "loaded while training");
            Expect.Equal(new Bytes(dram ? 4 : 0), counters[Phase.Train].Cores[0].DmaStored, "stored while training");
            Expect.Equal(Bytes.Zero, counters[Phase.Train].HostToDevice, "host to device while training");
            Expect.Equal(0L, counters[Phase.Evaluate].Cores[0].KernelCalls, "kernel calls while evaluating");
            Expect.Equal(new Bytes(12), counters[Phase.Evaluate].DeviceToHost, "device to host while evaluating");
        }),
        new("C3", "each core counts its own", 2, bench =>
        {
            IDevice device = bench.Open(2);
            SramBuffer<int> a = device.Filled(0, "a", [1, 2]);
            SramBuffer<int> b = device.Filled(1, "b", [1, 2]);
            device.On(1, core =>
            {
                core.Run(new AddKernel(b, 1));
                core.Dma.Wait(core.Dma.Send<int>(b, a));
            });
            PhaseCounters load = device.ReadCounters()[Phase.Load];
            Expect.Equal(0L, load.Cores[0].KernelCalls, "kernel calls of core 0");
            Expect.Equal(1L, load.Cores[1].KernelCalls, "kernel calls of core 1");
            Expect.Equal(Bytes.Zero, load.Cores[0].NocSent, "sent by core 0");
            Expect.Equal(new Bytes(8), load.Cores[1].NocSent, "sent by core 1");
        }),
        new("C4", "counters only grow, and reading them changes nothing", 1, bench =>
        {
            IDevice device = bench.Open();
            SramBuffer<int> buffer = device.Filled(0, "buffer", Probes.Counting(0, 64));
            DeviceCounters before = device.ReadCounters();
            for (int i = 0; i < 5; i++)
            {
                device.On(0, core => core.Run(new AddKernel(buffer, 1)));
                DeviceCounters after = device.ReadCounters();
                Expect.That(after.Elapsed >= before.Elapsed, $"elapsed time fell from {before.Elapsed} to {after.Elapsed}");
                Expect.Equal(i + 1L, after[Phase.Load].Cores[0].KernelCalls, "kernel calls");
                Expect.That(
                    (after.Energy?.Total.Value ?? 0) >= (before.Energy?.Total.Value ?? 0),
                    $"energy fell from {before.Energy?.Total} to {after.Energy?.Total}");
                before = after;
            }
        }),
        new("C5", "energy is told by domain, with bounds, exactly where the description says so", 1, bench =>
        {
            IDevice device = bench.Open();
            SramBuffer<int> buffer = device.Filled(0, "buffer", Probes.Counting(0, 64));
            device.On(0, core => core.Run(new AddKernel(buffer, 1)));
            EnergyReading? energy = device.ReadCounters()[Phase.Load].Energy;
            Expect.Equal(device.Info.Energy, energy?.Method, "how energy was got");
            foreach ((EnergyDomain domain, Joules joules) in energy?.ByDomain ?? new Dictionary<EnergyDomain, Joules>())
            {
                Expect.That(
                    joules.Low >= 0 && joules.Low <= joules.Value && joules.Value <= joules.High,
                    $"{domain}: expected 0 <= low <= value <= high, got {joules}");
            }
            Expect.That(energy is null or { AssumedShare: >= 0 and <= 1 }, $"assumed share: expected 0 to 1, got {energy?.AssumedShare}");
        }),
        new("C6", "an emulation counts the same every time", 1, bench =>
        {
            string[] runs = [.. Enumerable.Range(0, 2).Select(_ => Run(bench))];
            Expect.Equal(runs[0], runs[1], "counters of the same program, run twice");
        }),
        new("C7", "a saved state brings the counters back, on a device opened alike", 1, bench =>
        {
            IDevice device = bench.Open();
            SramBuffer<int> buffer = device.Filled(0, "buffer", Probes.Counting(0, 64));
            device.Phase = Phase.Train;
            device.On(0, core => core.Run(new AddKernel(buffer, 1)));
            ReadOnlyMemory<byte> state = device.SaveState();
            PhaseCounters saved = device.ReadCounters()[Phase.Train];
            IDevice other = bench.Open();
            other.RestoreState(state);
            PhaseCounters restored = other.ReadCounters()[Phase.Train];
            Expect.Equal(saved.Elapsed, restored.Elapsed, "elapsed time");
            Expect.Equal(saved.Cores[0].KernelCalls, restored.Cores[0].KernelCalls, "kernel calls");
            Expect.Equal(saved.Cores[0].Busy, restored.Cores[0].Busy, "busy cycles");
        }),
        new("C8", "a damaged state is refused", 1, bench =>
        {
            IDevice device = bench.Open();
            byte[] state = device.SaveState().ToArray();
            state[state.Length / 2] ^= 1;
            Expect.Throws<BadDataException>(() => device.RestoreState(state), "restoring a state with one bit flipped");
            Expect.Throws<BadDataException>(() => device.RestoreState(Array.Empty<byte>()), "restoring an empty state");
        }),
        new("C9", "energy by domain and by phase, and calls by kernel where the device tells them, add up to the total", 1, bench =>
        {
            IDevice device = bench.Open();
            SramBuffer<int> buffer = device.Filled(0, "buffer", Probes.Counting(0, 64));
            foreach (Phase phase in Enum.GetValues<Phase>())
            {
                device.Phase = phase;
                device.On(0, core => core.Run(new AddKernel(buffer, 1)));
            }
            DeviceCounters counters = device.ReadCounters();
            double total = 0;
            foreach (EnergyReading energy in counters.Phases.Select(p => p.Energy).OfType<EnergyReading>())
            {
                AddUp(energy.ByDomain.Values.Sum(j => j.Value), energy.Total.Value, "energy of a phase's domains");
                total += energy.Total.Value;
            }
            AddUp(total, counters.Energy?.Total.Value ?? 0, "energy of the phases");
            foreach (Phase phase in device.Find<IKernelProfile>() is null ? [] : Enum.GetValues<Phase>())
            {
                long calls = device.Find<IKernelProfile>()!.ReadKernels(phase).Sum(k => k.Calls);
                Expect.Equal(counters[phase].Cores[0].KernelCalls, calls, $"calls by kernel in phase {phase}");
            }
        }),
        new("C10", "a core tells the counters that its device tells of it, phase by phase", 2, bench =>
        {
            IDevice device = bench.Open(2);
            SramBuffer<int>[] buffers = [device.Filled(0, "a", [1, 2]), device.Filled(1, "b", [1, 2])];
            foreach (Phase phase in Enum.GetValues<Phase>())
            {
                device.Phase = phase;
                device.Superstep("add", core => core.Run(new AddKernel(buffers[core.Id], 1)));
            }
            DeviceCounters counters = device.ReadCounters();
            Expect.Contents<Phase>(Enum.GetValues<Phase>(), counters.Phases.Select(p => p.Phase).ToArray(), "phases");
            foreach (PhaseCounters phase in counters.Phases)
            {
                Expect.Contents<int>([0, 1], phase.Cores.Select(c => c.Core).ToArray(), $"cores in phase {phase.Phase}");
                foreach (CoreCounters core in phase.Cores)
                {
                    CoreCounters own = device.Cores[core.Core].ReadCounters(phase.Phase);
                    foreach ((CounterReading expected, CounterReading got) in core.Readings.Zip(own.Readings))
                    {
                        Expect.Equal(expected.Value, got.Value, $"{got.Id} of core {core.Core} in phase {phase.Phase}");
                    }
                }
            }
        }),
        new("C11", "a state saved while transfers are pending brings the counters back, and the program goes on as it would have", 1, PendingState.Examine),
    ];

    /// <summary>To the last digits: sums of doubles depend on their order.</summary>
    private static void AddUp(double parts, double total, string what) =>
        Expect.That(Math.Abs(parts - total) <= 1e-12 * Math.Abs(total), $"{what}: expected their sum {parts:R}, got {total:R}");

    private static string Run(DeviceBench bench)
    {
        IDevice device = bench.Open();
        if (device.Info.Kind != DeviceKind.Emulation)
        {
            throw new ClauseDoesNotApplyException("is about emulations");
        }
        SramBuffer<int> buffer = device.Filled(0, "buffer", Probes.Counting(0, 64));
        for (int i = 0; i < 3; i++)
        {
            device.On(0, core => core.Run(new AddKernel(buffer, i)));
        }
        DeviceCounters counters = device.ReadCounters();
        return $"{counters.Elapsed} {counters.Energy?.Total} {counters[Phase.Load].Cores[0].Busy}";
    }
}
