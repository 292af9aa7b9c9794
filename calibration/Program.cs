using NeuroHal.Calibration;

return await CommandLine.RunAsync(args);
