using NeuroHal.Cli;

return await CommandLine.RunAsync(args);
