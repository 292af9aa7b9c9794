using NeuroHal.Calibration.Toolchain;
using NeuroHal.Calibration.Trainings;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Sources;

namespace NeuroHal.Calibration.Tests;

/// <summary>A training as machine code, beside the emulator's of the same samples.</summary>
public sealed class TrainingTests
{
    private const int Seed = 1;
    private const int Samples = 20;
    private const double Tolerance = 0.03;

    [Theory]
    [InlineData]
    [InlineData(Build.SoftwareRandomName)]
    public async Task A_training_ends_in_the_same_network(params string[] defines)
    {
        Assert.SkipUnless(defines.Length == 0 || Environment.GetEnvironmentVariable("NEUROHAL_LONG_TESTS") == "1", "a long test; set NEUROHAL_LONG_TESTS=1 to run it.");
        FirmwareSources.RequireTools();
        Dataset digits = await new DatasetCatalog(DatasetEnvironment.OfProcess())
            .LoadAsync(DatasetCatalog.BuiltInDigits, Seed, cancellation: TestContext.Current.CancellationToken);
        TrainingOutcome outcome = new TrainingRunner(FirmwareSources.Folder).Run(new Build("O2", defines), digits, Samples);
        Assert.Null(outcome.Difference);
        if (defines.Length == 0)
        {
            Assert.InRange(outcome.Training.Error, -Tolerance, Tolerance);
        }
    }
}
