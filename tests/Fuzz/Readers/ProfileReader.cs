using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal.Fuzz.Mutations;
using NeuroHal.SpiNNaker2Emu;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A device profile, and a device of it at work.</summary>
internal sealed class ProfileReader : FuzzedReader
{
    private const int Cores = 2;
    private static readonly Dictionary<string, double> _constants = new() { ["energy.coreCycle"] = 180 };

    private readonly string _file;
    private readonly ServiceProvider _services;
    private readonly IBackend _backend;

    public ProfileReader(string folder)
    {
        _file = Path.Combine(folder, "profile.json");
        string shipped = Path.Combine(AppContext.BaseDirectory, "profiles");
        Seeds = [.. Directory.GetFiles(shipped, "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        var services = new ServiceCollection();
        new EmuPlugin().Register(services, new ConfigurationBuilder()
            .AddInMemoryCollection([new("profile", _file), new("threads", "1")]).Build());
        _services = services.BuildServiceProvider();
        _backend = _services.GetRequiredService<IBackend>();
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override IEnumerable<string> Read(byte[] input)
    {
        File.WriteAllBytes(_file, input);
        // Every other file also as a sensitivity analysis reads it, with a constant replaced.
        var request = new DeviceRequest { Cores = Cores, Constants = input.Length % 2 == 0 ? _constants : [] };
        var device = new ValidatingDevice(_backend.Open(request));
        try
        {
            Workload.Run(device);
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

    protected override byte[] Mutate(byte[] input, Dice dice) => JsonMutator.Mutate(input, dice, Seeds);
}
