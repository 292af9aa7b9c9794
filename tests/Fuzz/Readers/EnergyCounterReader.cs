using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal.Fuzz.Mutations;
using NeuroHal.ReferenceCpu;

namespace NeuroHal.Fuzz.Readers;

/// <summary>The files of the host's energy counters, in a folder that settings name.</summary>
internal sealed class EnergyCounterReader : FuzzedReader
{
    private readonly string _counter;
    private readonly string _range;
    private readonly ServiceProvider _services;
    private readonly IBackend _backend;

    public EnergyCounterReader(string folder)
    {
        string package = Directory.CreateDirectory(Path.Combine(folder, "intel-rapl:0")).FullName;
        File.WriteAllText(Path.Combine(package, "name"), "package-0\n");
        (_counter, _range) = (Path.Combine(package, "energy_uj"), Path.Combine(package, "max_energy_range_uj"));
        var services = new ServiceCollection();
        new CpuPlugin().Register(services, new ConfigurationBuilder()
            .AddInMemoryCollection([new("powerCapFolder", folder), new("threads", "1")]).Build());
        _services = services.BuildServiceProvider();
        _backend = _services.GetRequiredService<IBackend>();
    }

    public override IReadOnlyList<byte[]> Seeds { get; } = ["123456789\n"u8.ToArray(), "0\n"u8.ToArray(), "9223372036854775807"u8.ToArray()];

    public override IEnumerable<string> Read(byte[] input)
    {
        File.WriteAllBytes(_range, input);
        File.WriteAllBytes(_counter, Seeds[0]);
        IDevice device = _backend.Open(new DeviceRequest());
        try
        {
            // The counter may go bad after it was found good.
            File.WriteAllBytes(_counter, input);
            device.Superstep("fuzz", _ => { });
            return Workload.Figures(device);
        }
        finally
        {
            device.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public override void Dispose()
    {
        _services.Dispose();
        base.Dispose();
    }

    protected override byte[] Mutate(byte[] input, Dice dice) =>
        dice.OneIn(2) ? System.Text.Encoding.UTF8.GetBytes(dice.Pick(Fragments.Texts)) : base.Mutate(input, dice);
}
