using NeuroHal.Calibration.Cases;
using NeuroHal.Calibration.Machine;
using NeuroHal.Calibration.Toolchain;
using NeuroHal.Calibration.Tracing;
using NeuroHal.Datasets;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Calibration.Trainings;

/// <summary>Trains a network on the emulator and as machine code.</summary>
internal sealed class TrainingRunner(string sources)
{
    /// <summary>Runs the published experiment's training on a few samples.</summary>
    /// <param name="build">How the firmware is compiled.</param>
    /// <param name="set">What is trained on.</param>
    /// <param name="samples">How many samples, from its first on.</param>
    /// <param name="others">Other readings of the manual, to compare cycles by.</param>
    public TrainingOutcome Run(Build build, Dataset set, int samples, params IEnumerable<TimingRules> others)
    {
        using var folder = new TemporaryFolder();
        Firmware firmware = build.Compile(sources, folder);
        var board = new Board(firmware, Build.CompileTrace(sources, folder), folder);
        var recorder = new NetworkRecorder();
        var device = new RecordedDevice(new EmulatedChip(folder, build.HasRandomAccelerator, null).Open(), recorder);
        TrainingOptions options = Presets.Paper;
        var trainer = new Trainer(device, options);
        LabeledImages images = set.Train.Slice(0, Math.Min(samples, set.Train.Count));
        trainer.TrainEpoch(trainer.Load(set.Name, new SampleSet(images.Pixels, images.Labels, images.Rows * images.Columns)));

        KernelRun run = recorder.ToRun(device, options, Busy(device, Phase.Load) + Busy(device, Phase.Train));
        CaseFiles.Write(board.Cases, [run]);
        board.Run();
        (uint taken, byte[] sram) = CaseFiles.Read(board.Results, [run])[0];
        var prices = new Prices(device.Find<IDeviceModel>()!, build.HasRandomAccelerator);
        var code = new ProgramCode(firmware);
        IReadOnlyList<Execution> Read(TimingRules rules) => new TraceReader(code, new Timing(rules)).Read(board.Trace, "deep_r_train");
        IReadOnlyList<Execution> executions = Read(TimingRules.Manual);
        TrainingPart Part(Execution execution, Phase phase) =>
            new(execution, device.Find<IKernelProfile>()!.ReadKernels(phase), Busy(device, phase), prices);
        return new TrainingOutcome(
            set,
            images.Count,
            run.Difference(taken, sram, build.HasRandomAccelerator),
            Part(executions[0], Phase.Load),
            Part(executions[1], Phase.Train),
            [.. others.Select(rules => Part(Read(rules)[1], Phase.Train).TracedCycles)],
            device.Find<IDeviceModel>()!.Constants.ToDictionary(c => c.Id, c => c.Value));
    }

    private static long Busy(RecordedDevice device, Phase phase) => device.ReadCounters()[phase].Cores[0].Busy.Count;
}

/// <summary>A training as the machine code did it beside what the emulator says of it.</summary>
/// <param name="Set">What was trained on.</param>
/// <param name="Samples">How many samples.</param>
/// <param name="Difference">Where the network differs afterwards; null where it does not.</param>
/// <param name="Start">Giving the layers their first connections.</param>
/// <param name="Training">All that follows.</param>
/// <param name="OtherReadings">What the machine code takes for the latter where the manual is read otherwise.</param>
/// <param name="Constants">The emulator's constants.</param>
internal sealed record TrainingOutcome(
    Dataset Set,
    int Samples,
    string? Difference,
    TrainingPart Start,
    TrainingPart Training,
    IReadOnlyList<double> OtherReadings,
    IReadOnlyDictionary<string, double> Constants)
{
    /// <summary>Cycles of a call of a kernel as the machine code has it.</summary>
    public double TracedCall => Training.TracedLoop / Training.Calls;
}
