using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal.ReferenceCpu;
using NeuroHal.SpiNNaker2Emu;

namespace NeuroHal.DeepR.Tests;

/// <summary>The two backends, without plugin loading.</summary>
internal static class RealDevices
{
    public static IDevice Open(string backend, params (string Key, string Value)[] settings) => Open(backend, 1, settings);

    public static IDevice Open(string backend, int cores, params (string Key, string Value)[] settings)
    {
        IBackendPlugin plugin = backend == "ReferenceCpu" ? new CpuPlugin() : new EmuPlugin();
        var services = new ServiceCollection();
        plugin.Register(services, new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
        return new ValidatingDevice(services.BuildServiceProvider().GetRequiredService<IBackend>().Open(new DeviceRequest { Cores = cores }));
    }

    /// <summary>A device that calls back after every superstep.</summary>
    public sealed class Observed(IDevice device) : IDevice
    {
        public Action? AfterSuperstep { get; set; }

        public DeviceInfo Info => device.Info;

        public IReadOnlyList<ICore> Cores => device.Cores;

        public IDram Dram => device.Dram;

        public IHostLink Host => device.Host;

        public Phase Phase
        {
            get => device.Phase;
            set => device.Phase = value;
        }

        public void Superstep(string name, Action<ICore> body)
        {
            device.Superstep(name, body);
            AfterSuperstep?.Invoke();
        }

        public DeviceCounters ReadCounters() => device.ReadCounters();

        public ReadOnlyMemory<byte> SaveState() => device.SaveState();

        public void RestoreState(ReadOnlyMemory<byte> state) => device.RestoreState(state);

        public ValueTask DisposeAsync() => device.DisposeAsync();
    }
}
