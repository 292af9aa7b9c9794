using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Tests;

/// <summary>Sample values.</summary>
internal static class Some
{
    public static TrainingOptions SmallNetwork => Presets.Paper with
    {
        Layers = [16, 12, 4],
        Connectivity = [0.25, 0.5],
        Epochs = 2,
    };

    /// <summary>Four classes: each lights its own quarter of sixteen pixels, noisily.</summary>
    public static SampleSet Quarters(int count)
    {
        var pixels = new byte[count * 16];
        var labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)(i * 7 % 4);
            for (int p = 0; p < 16; p++)
            {
                int noise = ((i * 31) + (p * 17)) % 90;
                pixels[(i * 16) + p] = (byte)((p / 4 == labels[i] ? 160 : 0) + noise);
            }
        }
        return new SampleSet(pixels, labels, 16);
    }

    /// <summary>A device to plan for.</summary>
    /// <param name="sram">The bytes of each of its cores.</param>
    public static DeviceInfo Device(long sram) => new()
    {
        Backend = "test",
        Profile = "test",
        Kind = DeviceKind.Emulation,
        Cores = 1,
        CoresAvailable = 4,
        SramPerCore = new Bytes(sram),
        SramIsLimited = true,
        Dram = Bytes.Zero,
        Levels = [],
        Energy = null,
    };
}
