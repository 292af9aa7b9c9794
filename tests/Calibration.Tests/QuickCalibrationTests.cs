using NeuroHal.Calibration.Cases;
using NeuroHal.Calibration.Machine;
using NeuroHal.Calibration.Reports;
using NeuroHal.Calibration.Toolchain;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Planning;

namespace NeuroHal.Calibration.Tests;

/// <summary>The kernels as machine code, few shapes of each; <c>calibration/run</c> has them all.</summary>
public sealed class QuickCalibrationTests
{
    private const int Seed = 1;
    private const double Tolerance = 0.05;

    [Fact]
    public void Kernels_do_the_same_as_their_machine_code_in_as_many_cycles()
    {
        FirmwareSources.RequireTools();
        IReadOnlyList<Outcome> outcomes =
            new CaseRunner(FirmwareSources.Folder, Seed).Run(Build.Default, AllCases.Of(Seed, quick: true), TimingRules.Manual).Readings[0];
        Assert.Empty(outcomes.Where(o => o.Difference is not null).Select(o => $"{o.Case.Name}: {o.Difference}"));
        Assert.Empty(outcomes
            .Where(o => !o.IsWithin(Tolerance))
            .Select(o => $"{o.Case.Name}: {o.EmulatedCycles} cycles emulated, {o.TracedCycles} traced"));
    }

    [Fact]
    public void The_memory_plan_reserves_what_the_kernels_take()
    {
        FirmwareSources.RequireTools();
        var device = new DeviceInfo
        {
            Backend = "any",
            Profile = "any",
            Kind = DeviceKind.Emulation,
            Cores = 1,
            CoresAvailable = 1,
            SramPerCore = Bytes.FromKiB(64),
            SramIsLimited = true,
            Dram = Bytes.Zero,
            Levels = [new PerformanceLevel("only", 1, 1)],
            Energy = EnergyMethod.Modelled,
        };
        SramRegion code = MemoryPlan.Make(Presets.Paper, device).Cores[0].Regions.Single(r => r.Name == "code of kernels");
        var sizes = new CodeSizes(FirmwareSources.Folder).Of(Build.Default.Optimisation, "LANES=16");
        long linked = sizes.Values.Sum();
        // Compilers differ by a little.
        Assert.InRange(code.Size.Count, linked * 0.95, linked * 1.05);
        SramRegion inference = MemoryPlan.Make(Presets.Paper, device, use: NetworkUse.Inference).Cores[0].Regions.Single(r => r.Name == "code of kernels");
        string[] called = ["deep_r", "dense_classify", "dense_interleave", "dense_relu", "sparse_forward"];
        long ofInference = sizes.Where(s => called.Contains(Path.GetFileNameWithoutExtension(s.Key))).Sum(s => s.Value);
        Assert.InRange(inference.Size.Count, ofInference * 0.95, ofInference * 1.05);
    }
}
