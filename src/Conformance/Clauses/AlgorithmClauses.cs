using NeuroHal.DeepR;
using NeuroHal.DeepR.Planning;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Conformance.Clauses;

/// <summary>A whole algorithm: what all the other clauses are for.</summary>
internal static class AlgorithmClauses
{
    private const int Pixels = 16;
    private const int Classes = 4;
    private const int Samples = 96;

    // What every backend so far gives; the algorithm's own tests hold it to a reference.
    private const string OnOneCore = "7553fad005ad7d1ce48fd5710e0c05d9074239613bac4f0902bcaf2154f81b57";
    private const string OnTwoCores = "cbaac3c604bfaee32a3611f032e6a1a17612c6a6fbd59e035f60cda3c42a0bf5";

    public static IEnumerable<Clause> All { get; } =
    [
        new("E1", "DEEP R trains to the reference's weights, bit by bit", 1, bench => Trains(bench, 1, OnOneCore)),
        new("E2", "DEEP R on two cores trains to the reference's weights, bit by bit", 2, bench => Trains(bench, 2, OnTwoCores)),
    ];

    private static void Trains(DeviceBench bench, int cores, string expected)
    {
        IDevice device = bench.Open(cores);
        if (device.Info.Dram == Bytes.Zero)
        {
            throw new ClauseDoesNotApplyException("needs external memory for the samples");
        }
        TrainingOptions options = Presets.Paper with
        {
            Layers = [Pixels, 12, Classes],
            Connectivity = [0.25, 0.5],
            Epochs = 2,
            Minibatch = 16,
            Lanes = 4,
            Momentum = 0.9f,
            InitialScale = 0.5f,
        };
        try
        {
            var trainer = new Trainer(device, options);
            LoadedSamples samples = trainer.Load("samples", Quarters());
            trainer.TrainEpoch(samples);
            trainer.TrainEpoch(samples);
            Expect.Equal(expected, trainer.ReadNetwork().Sha256, "SHA-256 of the weights");
        }
        catch (PlanDoesNotFitException e)
        {
            throw new ClauseDoesNotApplyException(e.Message);
        }
    }

    /// <summary>Four classes: each lights its own quarter of sixteen pixels, noisily.</summary>
    private static SampleSet Quarters()
    {
        var pixels = new byte[Samples * Pixels];
        var labels = new byte[Samples];
        for (int i = 0; i < Samples; i++)
        {
            labels[i] = (byte)(i * 7 % Classes);
            for (int p = 0; p < Pixels; p++)
            {
                int noise = ((i * 31) + (p * 17)) % 90;
                pixels[(i * Pixels) + p] = (byte)((p / Classes == labels[i] ? 160 : 0) + noise);
            }
        }
        return new SampleSet(pixels, labels, Pixels);
    }
}
