using System.CommandLine;
using BenchmarkDotNet.Running;
using NeuroHal.Benchmarks;
using NeuroHal.Benchmarks.Epochs;
using NeuroHal.Benchmarks.Faults;
using NeuroHal.Benchmarks.Scaling;

var root = new RootCommand("How fast training is, how it scales, and what faults do to it");
root.Subcommands.Add(EpochCommand.Create());
root.Subcommands.Add(FaultStudyCommand.Create());
root.Subcommands.Add(ScalingCommand.Create());
var kernels = new Command("kernels", "Time each kernel with BenchmarkDotNet; what follows -- goes to it") { TreatUnmatchedTokensAsErrors = false };
kernels.SetAction(parsed =>
{
    BenchmarkSwitcher.FromTypes([typeof(KernelBenchmarks)]).Run([.. parsed.UnmatchedTokens]);
});
root.Subcommands.Add(kernels);
return await root.Parse(args).InvokeAsync();
