using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal.Fuzz.Mutations;
using NeuroHal.SpiNNaker2Emu;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A plan of faults, as a file or in its short form, and a device with it at work.</summary>
internal sealed class FaultPlanReader : FuzzedReader
{
    private const int Cores = 2;

    private readonly string _file;
    private readonly bool _isShort;
    private readonly ServiceProvider _services;
    private readonly IBackend _backend;

    private FaultPlanReader(string folder, bool isShort)
    {
        (_file, _isShort) = (Path.Combine(folder, "plan.json"), isShort);
        var services = new ServiceCollection();
        new EmuPlugin().Register(services, new ConfigurationBuilder().AddInMemoryCollection([new("threads", "1")]).Build());
        _services = services.BuildServiceProvider();
        _backend = _services.GetRequiredService<IBackend>();
        Seeds = [.. (isShort ? Short : Files).Select(Encoding.UTF8.GetBytes)];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    private static IEnumerable<string> Short =>
    [
        "upset:rate=500,buffers=*near*,lowestBit=3", "flip:core=1,address=9000,bit=7,time=1e-7", "slow:core=0,factor=0.5", "dead:core=1,time=1e-6",
        "corrupt:nth=1,kinds=load;parity=true", "drop:rate=0.5", "lose:rate=0.1,cores=0;seed=7",
    ];

    private static IEnumerable<string> Files =>
    [
        """
        {
          "seed": 7, "parity": true, "timeoutCycles": 5000,
          "upsets": [{ "rate": 900, "buffers": ["*ear", "n?ar"], "cores": [0, 1], "phases": ["load", "train"], "lowestBit": 1, "highestBit": 30, "from": 0, "until": 1 }],
          "flips": [{ "core": 0, "address": 3, "bit": 2, "time": 1e-7, "buffer": "near" }, { "core": 1, "address": 100, "bit": 0, "time": 0 }],
          "slowCores": [{ "core": 1, "factor": 0.25, "time": 1e-8 }],
          "transfers": [{ "effect": "drop", "nth": 2, "kinds": ["load"], "cores": [1] }]
        }
        """,
        """{ "deadCores": [{ "core": 1, "time": 1e-7 }], "transfers": [{ "effect": "corrupt", "rate": 0.5 }, { "effect": "lose", "rate": 0.01, "kinds": ["store", "send"] }] }""",
    ];

    public static FaultPlanReader OfFile(string folder) => new(folder, isShort: false);

    public static FaultPlanReader OfShortForm(string folder) => new(folder, isShort: true);

    public override IEnumerable<string> Read(byte[] input)
    {
        string plan = _file;
        if (_isShort)
        {
            plan = Encoding.UTF8.GetString(input);
        }
        else
        {
            File.WriteAllBytes(_file, input);
        }
        var device = new ValidatingDevice(_backend.Open(new DeviceRequest { Cores = Cores, Faults = plan }));
        try
        {
            device.Phase = Phase.Train;
            Workload.Run(device);
            return [.. Workload.Figures(device), .. device.Find<IFaultReport>()!.ReadFaults().Select(f => $"{f}")];
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

    protected override byte[] Mutate(byte[] input, Dice dice) => _isShort ? ByteMutator.Mutate(input, dice, Seeds) : JsonMutator.Mutate(input, dice, Seeds);
}
