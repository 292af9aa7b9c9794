using NeuroHal.Cli;

return await CommandLine.RunAsync(args, Terminal.OfProcess());
