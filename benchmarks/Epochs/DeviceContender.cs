using NeuroHal.DeepR;
using NeuroHal.DeepR.Training;
using NeuroHal.Hosting;

namespace NeuroHal.Benchmarks.Epochs;

/// <summary>DEEP R on a backend.</summary>
internal sealed class DeviceContender : IContender
{
    private readonly IDevice _device;
    private readonly Trainer _trainer;
    private readonly LoadedSamples _samples;

    public DeviceContender(string name, PluginCatalog plugins, string backend, DeviceRequest request, TrainingOptions options, SampleSet samples)
    {
        _device = plugins.Open(backend, request);
        _trainer = new Trainer(_device, options with { Epochs = 1000 });
        _samples = _trainer.Load("samples", samples);
        Name = $"{name}, {_trainer.Plan.Lanes} lane(s)";
    }

    public string Name { get; }

    public SimTime? Emulated =>
        _device.Info.Kind == DeviceKind.Emulation ? _device.ReadCounters()[Phase.Train].Elapsed : null;

    public void TrainEpoch() => _trainer.TrainEpoch(_samples);
}
