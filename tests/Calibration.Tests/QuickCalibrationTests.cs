using NeuroHal.Calibration.Cases;
using NeuroHal.Calibration.Machine;
using NeuroHal.Calibration.Toolchain;
using NeuroHal.Calibration.Trainings;
using NeuroHal.Datasets;
using NeuroHal.Datasets.Sources;

namespace NeuroHal.Calibration.Tests;

/// <summary>The kernels as machine code, few shapes of each; <c>calibration/run</c> has them all.</summary>
public sealed class QuickCalibrationTests
{
    private const int Seed = 1;
    private const int Samples = 20;
    private const double CaseTolerance = 0.05;
    private const double TrainingTolerance = 0.03;

    private static readonly string _sources = Path.Combine(Root(), "calibration");

    [Fact]
    public void Kernels_do_the_same_as_their_machine_code_in_as_many_cycles()
    {
        RequireTools();
        IReadOnlyList<Outcome> outcomes =
            new CaseRunner(_sources, Seed).Run(Build.Default, AllCases.Of(Seed, quick: true), TimingRules.Manual).Readings[0];
        Assert.Empty(outcomes.Where(o => o.Difference is not null).Select(o => $"{o.Case.Name}: {o.Difference}"));
        Assert.Empty(outcomes
            .Where(o => !o.IsWithin(CaseTolerance))
            .Select(o => $"{o.Case.Name}: {o.EmulatedCycles} cycles emulated, {o.TracedCycles} traced"));
    }

    [Theory]
    [InlineData]
    [InlineData(Build.SoftwareRandomName)]
    public async Task A_training_ends_in_the_same_network(params string[] defines)
    {
        RequireTools();
        Dataset digits = await new DatasetCatalog(DatasetEnvironment.OfProcess())
            .LoadAsync(DatasetCatalog.BuiltInDigits, Seed, cancellation: TestContext.Current.CancellationToken);
        TrainingOutcome outcome = new TrainingRunner(_sources).Run(new Build("O2", defines), digits, Samples);
        Assert.Null(outcome.Difference);
        if (defines.Length == 0)
        {
            Assert.InRange(outcome.Training.Error, -TrainingTolerance, TrainingTolerance);
        }
    }

    private static void RequireTools() => Assert.SkipWhen(
        Tool.MissingPackages.Count > 0, $"needs {string.Join(", ", Tool.MissingPackages)}, Debian's packages of these names.");

    private static string Root()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "NeuroHAL.sln")))
        {
            at = at.Parent;
        }
        return at?.FullName ?? throw new InvalidOperationException("NeuroHAL.sln is not above the tests.");
    }
}
