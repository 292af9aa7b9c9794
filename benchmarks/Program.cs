using System.CommandLine;
using BenchmarkDotNet.Running;
using NeuroHal.Benchmarks;
using NeuroHal.Benchmarks.Epochs;
using NeuroHal.Benchmarks.Faults;
using NeuroHal.Benchmarks.Scaling;
using NeuroHal.Benchmarks.Soak;

var root = new RootCommand("How fast training is, how it scales, what faults do to it, and whether it lasts");
root.Subcommands.Add(EpochCommand.Create());
root.Subcommands.Add(FaultStudyCommand.Create());
root.Subcommands.Add(ScalingCommand.Create());
root.Subcommands.Add(SoakCommand.Create());
var kernels = new Command("kernels", "Time each kernel with BenchmarkDotNet; what follows -- goes to it") { TreatUnmatchedTokensAsErrors = false };
kernels.SetAction(parsed =>
{
    BenchmarkSwitcher.FromTypes([typeof(KernelBenchmarks)]).Run([.. parsed.UnmatchedTokens]);
});
root.Subcommands.Add(kernels);
return await root.Parse(args).InvokeAsync();
