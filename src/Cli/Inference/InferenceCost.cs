using NeuroHal.Cli.Reports;

namespace NeuroHal.Cli.Inference;

/// <summary>What asking a network took, in a line.</summary>
internal static class InferenceCost
{
    public static string Of(InferenceDocument measured, DeviceInfo device)
    {
        string start = measured.Time.StartIncluded ? Figures.WithStart : "";
        string time = $"{Figures.Seconds(measured.Time.DeviceSeconds)} of device time{start}, {Figures.Seconds(measured.Time.SecondsPerImage)} an image";
        string energy = measured is { Energy: { } all, EnergyPerImage: { } one }
            ? $"{new Joules(all.Joules, all.Low, all.High)}, {new Joules(one.Joules, one.Low, one.High)} an image, {Figures.Source(all.Method, all.AssumedShare)}"
            : $"no energy figure: {device.NoEnergyBecause ?? "no meter"}";
        return $"{device.Backend} ({device.Profile}), {RunFigures.Setting(measured.Device)}: {time}; {energy}.";
    }
}
