using System.Buffers.Binary;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NeuroHal.Cli.Divergences;
using NeuroHal.Lockstep.Comparing;
using NeuroHal.Lockstep.Recording;
using NeuroHal.Lockstep.Watching;
using NeuroHal.ReferenceCpu;
using static NeuroHal.Lockstep.Recording.RecordingFormat;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A recording of a run, and a run in step with it.</summary>
internal sealed class RunRecordingReader : FuzzedReader
{
    private const int Cores = 2;

    private readonly string _file;
    private readonly bool _sealed;
    private readonly ServiceProvider _services;
    private readonly IBackend _backend;

    private RunRecordingReader(string folder, bool isSealed)
    {
        _file = Path.Combine(folder, "run.rec");
        _sealed = isSealed;
        var services = new ServiceCollection();
        new CpuPlugin().Register(services, new ConfigurationBuilder().AddInMemoryCollection([new("threads", "1")]).Build());
        _services = services.BuildServiceProvider();
        _backend = _services.GetRequiredService<IBackend>();
        Seeds = [Record(Cores), Record(1)];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>As damage is found: by its checksums.</summary>
    public static RunRecordingReader Unsealed(string folder) => new(folder, isSealed: false);

    /// <summary>With checksums that are good again, so that what lies beneath has to stand for itself.</summary>
    public static RunRecordingReader Sealed(string folder) => new(folder, isSealed: true);

    public override IEnumerable<string> Read(byte[] input)
    {
        File.WriteAllBytes(_file, input);
        using RecordingReader recording = RecordingReader.Open(_file);
        RunIdentity.LanesOf(recording);
        ValidatingDevice device = Open(Cores);
        try
        {
            using var over = new CancellationTokenSource();
            var comparer = new RunComparer(Cores, recording, 0, over.Cancel);
            try
            {
                Workload.Run(new WatchedDevice(device, comparer), over.Token);
                comparer.Finish();
            }
            catch (OperationCanceledException) when (comparer.IsDone)
            {
            }
            return [$"{recording.Supersteps} of {comparer.Supersteps}, {comparer.KernelCalls} calls"];
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

    protected override byte[] Seal(byte[] input)
    {
        if (!_sealed || input.Length < Mark.Length)
        {
            return input;
        }
        byte[] mended = [.. input];
        Mark.CopyTo(mended);
        byte[] checksum = FirstChecksum;
        for (int at = Mark.Length; at + HeadBytes <= mended.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(mended.AsSpan(at + 1));
            int content = at + HeadBytes;
            if (length < 0 || length > mended.Length - content - ChecksumBytes)
            {
                break;
            }
            checksum = Checksum(checksum, mended[at..content], mended[content..(content + length)]);
            checksum.CopyTo(mended.AsSpan(content + length));
            at = content + length + ChecksumBytes;
        }
        return mended;
    }

    private ValidatingDevice Open(int cores) => new(_backend.Open(new DeviceRequest { Cores = cores }));

    private byte[] Record(int cores)
    {
        var run = new RunDescription("ReferenceCpu", [new("dataset", "digits"), new("lanes", "1"), new("cores", $"{cores}")]);
        using (var writer = new RecordingWriter(_file, run, Bytes.FromKiB(64)))
        {
            Workload.Run(new WatchedDevice(Open(cores), new RunRecorder(cores, writer)));
            writer.Complete(isWhole: true);
        }
        return File.ReadAllBytes(_file);
    }
}
