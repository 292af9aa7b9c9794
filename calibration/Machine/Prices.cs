namespace NeuroHal.Calibration.Machine;

/// <summary>Cycles of one operation of each class, as a device's model has them.</summary>
internal sealed class Prices
{
    private readonly Dictionary<OperationClass, double> _cycles = [];

    /// <param name="model">The constants; a class that is not among them costs one cycle.</param>
    /// <param name="randomAccelerator">Whether random words come from the generator.</param>
    public Prices(IDeviceModel model, bool randomAccelerator)
    {
        Dictionary<string, double> values = model.Constants.ToDictionary(c => c.Id, c => c.Value);
        foreach (OperationClass c in Histogram.Classes)
        {
            _cycles[c] = values.GetValueOrDefault(IdOf(c, randomAccelerator), 1);
        }
        KernelCall = values["timing.kernelCall"];
    }

    public Prices(IReadOnlyDictionary<OperationClass, double> cycles, double kernelCall)
    {
        _cycles = new(cycles);
        KernelCall = kernelCall;
    }

    /// <summary>What the emulator takes for a call as such.</summary>
    public double KernelCall { get; }

    public double this[OperationClass c] => _cycles[c];

    private static string IdOf(OperationClass c, bool randomAccelerator) => c switch
    {
        OperationClass.Exponential => "timing.exponentialAccelerated",
        OperationClass.RandomWord => randomAccelerator ? "timing.randomAccelerated" : "timing.randomSoftware",
        _ => $"timing.{char.ToLowerInvariant(c.ToString()[0])}{c.ToString()[1..]}",
    };
}
