using NeuroHal.Calibration.Machine;
using NeuroHal.Calibration.Toolchain;
using NeuroHal.Calibration.Tracing;

namespace NeuroHal.Calibration.Cases;

/// <summary>Runs cases on the emulator and as machine code.</summary>
internal sealed class CaseRunner(string sources, int seed)
{
    /// <summary>Runs some cases with firmware compiled in one way.</summary>
    /// <param name="build">How it is compiled.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="readings">Ways to read the manual; there is one list of outcomes for each.</param>
    public CaseResults Run(Build build, IReadOnlyList<KernelCase> cases, params IReadOnlyList<TimingRules> readings)
    {
        bool accelerator = build.HasRandomAccelerator;
        using var folder = new TemporaryFolder();
        Firmware firmware = build.Compile(sources, folder);
        var board = new Board(firmware, Build.CompileTrace(sources, folder), folder);
        var chip = new EmulatedChip(folder, accelerator, EmulatedChip.HarnessSram);
        (IReadOnlyList<KernelRun> runs, Prices prices) = Emulate(chip, cases, accelerator);
        CaseFiles.Write(board.Cases, runs);
        board.Run();
        IReadOnlyList<(uint Taken, byte[] Sram)> results = CaseFiles.Read(board.Results, runs);
        var code = new ProgramCode(firmware);
        return new CaseResults([.. readings.Select(rules =>
        {
            IReadOnlyList<Execution> executions = new TraceReader(code, new Timing(rules)).Read(board.Trace);
            return (IReadOnlyList<Outcome>)[.. cases.Select((c, i) => new Outcome(
                c, runs[i], executions[i], runs[i].Difference(results[i].Taken, results[i].Sram, accelerator), prices))];
        })]);
    }

    private (IReadOnlyList<KernelRun> Runs, Prices Prices) Emulate(EmulatedChip chip, IReadOnlyList<KernelCase> cases, bool accelerator)
    {
        var runs = new List<KernelRun>();
        Prices? prices = null;
        foreach (KernelCase c in cases)
        {
            IDevice device = chip.Open();
            prices ??= new Prices(device.Find<IDeviceModel>()!, accelerator);
            var bench = new Workbench(device);
            c.Prepare(bench, new Contents(seed, c.Name));
            runs.Add(bench.Run ?? throw new InvalidOperationException($"{c.Name} runs no kernel."));
            device.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        return (runs, prices!);
    }
}

/// <summary>Cases run with firmware compiled in one way.</summary>
/// <param name="Readings">The outcomes, by reading of the manual.</param>
internal sealed record CaseResults(IReadOnlyList<IReadOnlyList<Outcome>> Readings);
