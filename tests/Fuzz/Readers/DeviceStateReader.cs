using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal.ReferenceCpu;
using NeuroHal.SpiNNaker2Emu;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A device's own state, with a checksum that is good again, given back to it; then the device goes on.</summary>
internal sealed class DeviceStateReader : FuzzedReader
{
    private readonly IDevice[] _devices;

    public DeviceStateReader(string folder)
    {
        _ = folder;
        _devices = [Open(new CpuPlugin()), Open(new EmuPlugin())];
        foreach (IDevice device in _devices)
        {
            Workload.Run(device);
        }
        Seeds = [.. _devices.Select(d => d.SaveState().ToArray())];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override IEnumerable<string> Read(byte[] input)
    {
        foreach ((IDevice device, byte[] good) in _devices.Zip(Seeds))
        {
            try
            {
                device.RestoreState(input);
                device.Superstep("fuzz", _ => { });
                _ = device.ReadCounters();
                return [device.Info.Backend];
            }
            catch (BadDataException) when (device != _devices[^1])
            {
                // Not this one's; perhaps the other's.
            }
            finally
            {
                device.RestoreState(good);
            }
        }
        return [];
    }

    public override void Dispose()
    {
        foreach (IDevice device in _devices)
        {
            device.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        base.Dispose();
    }

    protected override byte[] Seal(byte[] input)
    {
        if (input.Length < SHA256.HashSizeInBytes)
        {
            return input;
        }
        byte[] body = input[..^SHA256.HashSizeInBytes];
        return [.. body, .. SHA256.HashData(body)];
    }

    private static ValidatingDevice Open(IBackendPlugin plugin)
    {
        var services = new ServiceCollection();
        plugin.Register(services, new ConfigurationBuilder().AddInMemoryCollection([new("threads", "1")]).Build());
        return new(services.BuildServiceProvider().GetRequiredService<IBackend>().Open(new DeviceRequest { Cores = 2 }));
    }
}
