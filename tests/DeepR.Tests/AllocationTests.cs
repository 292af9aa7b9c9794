using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Tests;

/// <summary>Once warm, training takes no memory from the host.</summary>
public sealed class AllocationTests
{
    private const int Samples = 8_000;
    private const int Warm = 4_000;
    private const int End = 7_920; // before the last samples, when no more are fetched

    [Theory]
    [InlineData("ReferenceCpu", 1, 1)]
    [InlineData("ReferenceCpu", 1, 16)]
    [InlineData("ReferenceCpu", 3, 4)]
    [InlineData("SpiNNaker2Emu", 1, 1)]
    [InlineData("SpiNNaker2Emu", 1, 16)]
    [InlineData("SpiNNaker2Emu", 4, 4)]
    public void Training_steps_allocate_nothing(string backend, int cores, int lanes)
    {
        IDevice device = RealDevices.Open(backend, cores, ("threads", "1"));
        TrainingOptions options = Some.SmallNetwork with { Minibatch = 16, Lanes = lanes, Momentum = 0.9f, Noise = 1e-3f };
        var trainer = new Trainer(device, options);
        LoadedSamples samples = trainer.Load("samples", Some.Quarters(Samples));
        long before = 0;
        long after = 0;
        trainer.StepDone = done =>
        {
            before = done == Warm ? GC.GetAllocatedBytesForCurrentThread() : before;
            after = done <= End ? GC.GetAllocatedBytesForCurrentThread() : after;
        };
        trainer.TrainEpoch(samples, cancellation: TestContext.Current.CancellationToken);
        Assert.NotEqual(0, before);
        Assert.Equal(0, after - before);
    }
}
