using System.Globalization;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Runs;
using NeuroHal.DeepR.Planning;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroHal.Cli.Reproduction;

/// <summary>Claim by claim, what is published and what is found here.</summary>
internal static class ClaimTable
{
    private const string Liu = "Liu et al. 2018";
    private const string Yan = "Yan et al. 2019";
    private const string Hoeppner = "Hoeppner et al. 2019";
    private const string NotPublished = "not published";
    private const string Measured = "measured here";

    /// <summary>A row: what is claimed, by whom, and what is found here, how.</summary>
    public sealed record Claim(string What, string Published, string Source, string Here, string Method);

    public static IRenderable Of(Experiments runs)
    {
        Table table = new Table { Border = TableBorder.Simple }
            .AddColumn("claim").AddColumn("published").AddColumn("source").AddColumn("here").AddColumn("method");
        foreach (Claim claim in Claims(runs))
        {
            table.AddRow([.. new[] { claim.What, claim.Published, claim.Source, claim.Here, claim.Method }.Select(t => (IRenderable)new Text(t))]);
        }
        return table;
    }

    /// <summary>All of them.</summary>
    public static IEnumerable<Claim> Claims(Experiments runs)
    {
        RunResult one = runs.ByCores[0];
        RunResult four = runs.ByCores[^1];
        yield return new(
            "connections active, most at any moment", "at most 1.3 %", Liu,
            Figures.Invariant($"{100.0 * one.Network.PeakConnections / one.Training.Possible:0.00} % ({one.Network.PeakConnections} of {one.Training.Possible})"),
            "counted on the core whenever connections change");
        yield return new(
            "memory of a core, code included", "within 64 KB", Liu,
            $"{one.Plan.Cores.Max(c => c.Needed)} on 1 core, {four.Plan.Cores.Max(c => c.Needed)} on 4", "allocated to the byte; 6 KB of it, for runtime and stack, assumed");
        yield return new(
            "test accuracy at convergence", "96.6 %", Liu,
            string.Join(", ", runs.ByCores.Select(r => Figures.Percent(r.TestAccuracy))) + " on 1, 2, 3, 4 cores",
            $"{one.Training.Epochs} epochs of {one.Dataset.Train.Count} samples of {one.Dataset.Name}, seed {one.Training.Seed}");
        yield return Scaling("training time over 1 to 4 cores", runs, r => r.Counters[Phase.Train].Elapsed.Seconds, "times shorter", "modelled time", inverse: true);
        yield return Scaling(
            "data memory of the fullest core over 1 to 4 cores", runs, Data, "times smaller", "allocated, without code and stack", inverse: true);
        yield return Scaling("energy over 1 to 4 cores", runs, r => r.Counters[Phase.Train].Energy!.Total.Value, "times that of one", Modelled(one), inverse: false);
        foreach (Claim claim in AgainstCpu(runs, one, four))
        {
            yield return claim;
        }
        yield return Worse("accelerators halve the time of a plasticity update", "2 times faster", runs.WithoutAccelerators, four, "without accelerators", "more cycles for each exponential and random word; the claim is of one update rule, this of all training");
        yield return Worse("connections in SRAM rather than external memory", "saves energy, no figure", runs.FromExternalMemory, four, "from external memory", "every layer fetched for each use and stored after each step");
        yield return Worse("both together save energy", "62 % less", runs.WithNeither, four, "with neither", "both of the above; in the claim the model is a spiking network", Saving);
        yield return new(
            "lowest level while idle takes off the baseline power", "80 %", Hoeppner,
            Figures.Invariant($"energy {Energy(runs.AlwaysAwake)} awake, {Energy(four)} asleep, {Energy(runs.LowWhileWaiting)} at the lowest level"),
            "waiting is a few percent of this workload, so policies change little; the profile's static power is derived from the claim");
    }

    private static IEnumerable<Claim> AgainstCpu(Experiments runs, RunResult one, RunResult four)
    {
        PhaseCounters host = runs.Host.Counters[Phase.Train];
        Joules chip = one.Counters[Phase.Train].Energy!.Total;
        Joules chipPower = chip * (1 / one.Counters[Phase.Train].Elapsed.Seconds);
        foreach ((string name, SimTime time) in new[] { ("standard", runs.Standard.Training), ("optimised", host.Elapsed) })
        {
            Joules energy = HostPower.Energy(time, host.Energy, host.Elapsed);
            yield return new(
                $"power against the {name} CPU implementation", name == "standard" ? "two orders of magnitude lower" : NotPublished, name == "standard" ? Liu : Measured,
                Figures.Invariant($"{Lower(energy * (1 / time.Seconds), chipPower, "0")} ({chipPower.Value:0.000} W against {energy.AverageWatts(time):0.0} W)"),
                HostPower.Method(host.Energy));
            yield return new(
                $"energy against the {name} CPU implementation", name == "standard" ? "two orders of magnitude lower" : NotPublished, name == "standard" ? Liu : Measured,
                Figures.Invariant($"{Lower(energy, chip, "0.0")} ({chip} against {energy}; CPU {time}, chip {one.Counters[Phase.Train].Elapsed} on 1 core, {four.Counters[Phase.Train].Elapsed} on 4)"),
                HostPower.Method(host.Energy));
        }
        double optimised = HostPower.Energy(host.Elapsed, host.Energy, host.Elapsed).Value / chip.Value;
        yield return new(
            "does an optimised CPU implementation change that?", NotPublished, Measured,
            optimised < 100 ? Figures.Invariant($"yes: energy {optimised:0.0} times, not 100 times") : "no",
            "the two rows above");
    }

    /// <summary>How many times lower the chip's figure is than the host's, with the bounds that follow from those of both.</summary>
    public static string Lower(Joules host, Joules chip, string format)
    {
        string In(double times) => times.ToString(format, CultureInfo.InvariantCulture);
        return $"{In(host.Value / chip.Value)} times lower [{In(host.Low / chip.High)}, {In(host.High / chip.Low)}]";
    }

    private static Claim Scaling(
        string what, Experiments runs, Func<RunResult, double> of, string unit, string method, bool inverse)
    {
        double first = of(runs.ByCores[0]);
        string here = string.Join(", ", runs.ByCores.Select(r => Figures.Invariant($"{(inverse ? first / of(r) : of(r) / first):0.00}")));
        return new(what, "very good scaling", Liu, $"{here} {unit}", method);
    }

    private static Claim Worse(
        string what, string published, RunResult worse, RunResult better, string name, string method, Func<RunResult, RunResult, string>? extra = null)
    {
        double time = worse.Counters[Phase.Train].Elapsed.Seconds / better.Counters[Phase.Train].Elapsed.Seconds;
        double energy = worse.Counters[Phase.Train].Energy!.Total.Value / better.Counters[Phase.Train].Energy!.Total.Value;
        return new(what, published, Yan, Figures.Invariant($"{name}: time x {time:0.00}, energy x {energy:0.00}") + extra?.Invoke(worse, better), method);
    }

    private static string Saving(RunResult worse, RunResult better) => Figures.Invariant(
        $", so {100 * (1 - (better.Counters[Phase.Train].Energy!.Total.Value / worse.Counters[Phase.Train].Energy!.Total.Value)):0} % less");

    private static string Energy(RunResult run) => run.Counters[Phase.Train].Energy!.Total.ToString();

    private static string Modelled(RunResult run) =>
        Figures.Invariant($"modelled from counts, {100 * run.Counters[Phase.Train].Energy!.AssumedShare:0} % rests on assumptions");

    private static double Data(RunResult run) => run.Plan.Cores.Max(Data);

    private static long Data(CorePlan core) =>
        core.Regions.Where(r => !r.Name.StartsWith("code", StringComparison.Ordinal) && !r.Name.StartsWith("stack", StringComparison.Ordinal))
            .Sum(r => r.Size.Count);
}
