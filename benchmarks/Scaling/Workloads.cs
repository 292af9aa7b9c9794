using NeuroHal.DeepR;

namespace NeuroHal.Benchmarks.Scaling;

/// <summary>The networks whose training is divided over more and more cores.</summary>
internal static class Workloads
{
    private const double Connectivity = 0.01;

    /// <summary>784-4096-4096-10 at 1 %: 200,295 connections, one sample at a time, as the preset paper.</summary>
    public static TrainingOptions Wide => OfWidth(4096);

    /// <summary>The published network.</summary>
    public static TrainingOptions Published => Presets.Paper;

    /// <summary>As many connections for each core as the wide network has on 152: the hidden layers grow.</summary>
    public static TrainingOptions ForCores(int cores)
    {
        // 784 h + h² is that of the wide network, times cores / 152.
        double share = ((784.0 * 4096) + (4096.0 * 4096)) / 152 * cores;
        return OfWidth((int)Math.Round(Math.Sqrt((392.0 * 392) + share) - 392));
    }

    /// <summary>
    /// Starting amplitudes as wide as usual for ReLU: the preset's, a tenth of that, were chosen for its own network, and with 41
    /// connections an output a signal through two such layers is lost.
    /// </summary>
    private static TrainingOptions OfWidth(int hidden) => Presets.Paper with
    {
        Layers = [784, hidden, hidden, 10],
        Connectivity = [Connectivity, Connectivity, Math.Max(Connectivity, Math.Min(1, 10.0 / hidden))],
        InitialScale = 1,
    };
}
