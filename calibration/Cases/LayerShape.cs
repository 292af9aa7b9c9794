using System.Globalization;

namespace NeuroHal.Calibration.Cases;

/// <summary>The sizes of a sparse layer, and what it has.</summary>
internal sealed record LayerShape(int Inputs, int Outputs, int Capacity)
{
    /// <summary>The layers of LeNet-300-100 as the published experiment has them.</summary>
    public static readonly LayerShape First = new(784, 300, 2352);
    public static readonly LayerShape Second = new(300, 100, 900);
    public static readonly LayerShape Third = new(100, 10, 300);

    public static readonly LayerShape Small = new(20, 7, 33);

    /// <summary>Every position taken.</summary>
    public static readonly LayerShape Dense = new(5, 3, 15);

    private const int LargestDrawn = 250;

    /// <summary>The connections that it starts with; full where there is no number.</summary>
    public int? Connections { get; init; }

    public bool Velocity { get; init; }

    public bool Gradient { get; init; }

    public static LayerShape Drawn(Contents sizes)
    {
        int inputs = sizes.Between(1, LargestDrawn);
        int outputs = sizes.Between(1, LargestDrawn);
        return new LayerShape(inputs, outputs, Math.Max(1, (int)(inputs * outputs * sizes.Share() * 0.1)));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Inputs}-{Outputs}, {(Connections is int connections ? $"{connections} of {Capacity}" : $"{Capacity}")}{(Velocity ? ", velocity" : "")}");
}
