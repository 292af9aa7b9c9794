namespace NeuroHal.DeepR.Training;

/// <summary>How the learning rate falls over a run.</summary>
public static class LearningRate
{
    /// <summary>The learning rate at a point of the run.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="epochProgress">How much of the epoch is done, 0 to 1.</param>
    public static float At(TrainingOptions options, int epoch, double epochProgress) => options.Schedule switch
    {
        RateSchedule.Halving => options.LearningRate / (1 << Math.Min((epoch - 1) / 2, 30)),
        RateSchedule.Cosine => (float)(options.LearningRate * HalfCosine((epoch - 1 + epochProgress) / options.Epochs)),
        _ => options.LearningRate,
    };

    /// <summary>
    /// (1 + cos(pi x)) / 2 = 1 - sin^2(pi x / 2) for x from 0 to 1, by the Taylor series of the sine to degree 15
    /// (error below 1e-11): the library's cosine may differ between hosts in the last bit.
    /// </summary>
    internal static double HalfCosine(double x)
    {
        double y = Math.PI / 2 * x;
        double term = y;
        double sine = y;
        for (int n = 3; n <= 15; n += 2)
        {
            term *= -y * y / (n * (n - 1));
            sine += term;
        }
        return 1 - (sine * sine);
    }
}
