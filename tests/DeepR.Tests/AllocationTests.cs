using NeuroHal.DeepR.Rewiring;
using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Tests;

/// <summary>Once warm, training takes no memory from the host.</summary>
public sealed class AllocationTests
{
    private const int Samples = 8_000;
    private const int BeforeEnd = 80; // before the last samples, when no more are fetched

    // Now and then the runtime itself takes memory on this thread, 24,648 bytes at once in one of about eighty runs, on
    // either backend. What a step, a rewiring or a report allocates would show in many steps.
    private const int StepsOfTheRuntime = 1;

    [Theory]
    [InlineData("ReferenceCpu", 1, 1)]
    [InlineData("ReferenceCpu", 1, 16)]
    [InlineData("ReferenceCpu", 3, 4)]
    [InlineData("SpiNNaker2Emu", 1, 1)]
    [InlineData("SpiNNaker2Emu", 1, 16)]
    [InlineData("SpiNNaker2Emu", 4, 4)]
    [InlineData("ReferenceCpu", 40, 4)]
    [InlineData("SpiNNaker2Emu", 40, 4)]
    public void Training_steps_allocate_nothing(string backend, int cores, int lanes)
    {
        (string, string)[] settings = backend == "ReferenceCpu" ? [("threads", "1")] : [("threads", "1"), ("profile", "spinnaker2")];
        IDevice device = RewiringCounter.InFrontOf(RealDevices.Open(backend, cores, settings));
        TrainingOptions options = Some.SmallNetwork with { Minibatch = 16, Lanes = lanes, Momentum = 0.9f, Noise = 1e-3f };
        var trainer = new Trainer(device, options);
        LoadedSamples samples = trainer.Load("samples", Some.Quarters(Samples));
        long[] allocated = new long[Samples + 1];
        int between = 0;
        trainer.BetweenSteps = () => between += trainer.SamplesDone; // where checkpoints look whether one is due
        trainer.StepDone = done => allocated[done] = GC.GetAllocatedBytesForCurrentThread();
        trainer.TrainEpoch(samples, cancellation: TestContext.Current.CancellationToken);

        (int Done, long Bytes)[] steps = [.. allocated.Index().Where(s => s.Item > 0 && s.Index >= Samples / 2 && s.Index <= Samples - BeforeEnd)];
        string[] allocating = [.. steps.Zip(steps[1..])
            .Where(pair => pair.First.Bytes != pair.Second.Bytes)
            .Select(pair => $"{pair.Second.Bytes - pair.First.Bytes} B after {pair.First.Done} samples")];
        Assert.True(steps.Length > 200, $"{steps.Length} steps");
        Assert.True(allocating.Length <= StepsOfTheRuntime, string.Join(", ", allocating));
    }
}
