using NeuroHal.Cli.Runs;
using NeuroHal.DeepR;
using NeuroHal.DeepR.Training;
using NeuroHal.StandardDeepR;

namespace NeuroHal.Cli.Reproduction;

/// <summary>The plain implementation for a CPU, timed.</summary>
/// <param name="TestAccuracy">The share of test images classified rightly, 0 to 1.</param>
/// <param name="Training">Wall time of training.</param>
internal sealed record StandardRun(double TestAccuracy, SimTime Training)
{
    public static StandardRun Execute(TrainingOptions options, LoadedDataset data, CancellationToken cancellation)
    {
        TimeProvider time = TimeProvider.System;
        var network = new StandardNetwork(options.Layers, options.Connectivity, (int)options.Seed);
        long start = time.GetTimestamp();
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            float rate = LearningRate.At(options, epoch, 0);
            for (int i = 0; i < data.Train.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                network.Train(data.Train.PixelsOf(i), data.Train.Labels.Span[i], rate);
            }
        }
        double seconds = time.GetElapsedTime(start).TotalSeconds;
        int right = 0;
        for (int i = 0; i < data.Test.Count; i++)
        {
            right += network.Classify(data.Test.PixelsOf(i)) == data.Test.Labels.Span[i] ? 1 : 0;
        }
        return new StandardRun((double)right / data.Test.Count, SimTime.FromSeconds(seconds));
    }
}
