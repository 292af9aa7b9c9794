using System.Net;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using NeuroHal.DeepR.Training;
using NeuroHal.LiveView;
using NeuroHal.Reports;
using NeuroHal.Reports.Page;
using NeuroHal.Results;

namespace NeuroHal.Cli.Runs;

/// <summary>
/// Shows a run in a browser while it goes. What reading the network takes on the device is taken back, so that figures are those of a
/// run that nobody watched.
/// </summary>
internal sealed class LiveWatch : IAsyncDisposable
{
    private readonly LiveServer _server;
    private readonly RunSettings _settings;
    private readonly LoadedDataset _data;
    private readonly List<LearningPoint> _points = [];
    private IDevice? _device;
    private Trainer? _trainer;
    private NetworkSnapshot? _before;
    private NetworkSnapshot? _now;
    private TrainingView? _view;

    private LiveWatch(LiveServer server, RunSettings settings, LoadedDataset data) => (_server, _settings, _data) = (server, settings, data);

    /// <summary>Starts to serve, and says where.</summary>
    /// <returns>Null where nobody asked for it.</returns>
    public static async Task<LiveWatch?> StartAsync(LiveSettings? live, RunSettings settings, LoadedDataset data, Terminal terminal)
    {
        if (live is null)
        {
            return null;
        }
        var content = new LiveContent(LivePage.Frame(), LivePage.Policy, LivePage.ScriptName, LivePage.Script);
        LiveServer server = await LiveServer.StartAsync(content, live.Address, live.Port);
        terminal.Talk($"Live view: {Reachable(server.Address, live.Address)}");
        if (!IPAddress.IsLoopback(live.Address))
        {
            terminal.Talk("The live view is plain HTTP: who can read along on the network sees the address, and by it the view.");
        }
        return new LiveWatch(server, settings, data);
    }

    /// <summary>Training begins, or goes on after some epochs.</summary>
    public void Begin(IDevice device, Trainer trainer, IEnumerable<EpochResult> epochs)
    {
        (_device, _trainer) = (device, trainer);
        _points.AddRange(epochs.Select(Point));
        ReadNetwork();
        _before = trainer is { EpochsDone: 0, SamplesDone: 0 } ? _now : null;
        Show();
    }

    /// <summary>Within an epoch.</summary>
    public void Update(TrainingProgress at)
    {
        if (at.Samples >= at.SamplesPerEpoch)
        {
            return; // the epoch's end is told by itself, with its validation
        }
        PhaseCounters counters = _device!.ReadCounters()[Phase.Train];
        double epochs = at.Epoch - 1 + ((double)at.Samples / at.SamplesPerEpoch);
        _points.Add(new LearningPoint(epochs, at.Accuracy)
        {
            Loss = double.IsFinite(at.Loss) ? at.Loss : null,
            Connections = at.Connections,
            DeviceSeconds = counters.Elapsed.Seconds,
            Joules = counters.Energy?.Total.Value,
        });
        if (_trainer!.StepDone is null) // a timeline that is being recorded is best left alone
        {
            ReadNetwork();
        }
        Show();
    }

    /// <summary>At the end of an epoch.</summary>
    public void EpochDone(EpochResult result)
    {
        _points.Add(Point(result));
        ReadNetwork();
        Show();
    }

    /// <summary>The run has its result.</summary>
    public void Complete(RunResult result)
    {
        TrainingView last = _view! with { TestAccuracy = result.TestAccuracy, Now = result.Network };
        _server.Show(() => LivePage.Main(last));
        _server.End($"The run is complete: {Figures.Percent(result.TestAccuracy)} of the test images are classified rightly.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static LearningPoint Point(EpochResult epoch) => new(epoch.Epoch, epoch.Train)
    {
        Validation = epoch.Validation,
        Loss = epoch.Loss,
        Connections = epoch.Connections,
        Rewired = epoch.Rewired,
        DeviceSeconds = epoch.DeviceSeconds,
        Joules = epoch.Joules,
    };

    /// <summary>An address that a browser elsewhere can open: one that stands for all interfaces is none.</summary>
    private static Uri Reachable(Uri address, IPAddress listens) =>
        listens.Equals(IPAddress.Any) || listens.Equals(IPAddress.IPv6Any) ? new UriBuilder(address) { Host = Dns.GetHostName() }.Uri : address;

    private void ReadNetwork()
    {
        ReadOnlyMemory<byte> state = _device!.SaveState();
        _now = _trainer!.ReadNetwork();
        _device.RestoreState(state);
    }

    private void Show()
    {
        PhaseCounters counters = _device!.ReadCounters()[Phase.Train];
        TrainingView view = _view = new TrainingView
        {
            Backend = new BackendRecord(_device.Info.Backend, "", _device.Info.Profile, _device.Info.Kind),
            Preset = _settings.Preset,
            Dataset = _data.Name,
            Seed = _settings.Training.Seed,
            Epochs = _settings.Training.Epochs,
            Budget = _settings.Training.Budget,
            Points = [.. _points],
            Memory = ResultFile.Memory(_trainer!.Plan),
            Cores = [.. counters.Cores.Select(ResultFile.Times)],
            Kernels = ResultFile.Kernels(_device.Find<IKernelProfile>()?.ReadKernels(Phase.Train)),
            Energy = ResultFile.Energy(counters),
            Before = _before,
            Now = _now,
        };
        _server.Show(() => LivePage.Main(view));
    }
}
