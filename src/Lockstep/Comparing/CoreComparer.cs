using NeuroHal.Lockstep.Elements;
using NeuroHal.Lockstep.Recording;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Lockstep.Comparing;

/// <summary>Compares what one core does with what it should do, up to the first difference.</summary>
internal sealed class CoreComparer(int core, ulong ulps) : ICoreWatcher
{
    // By number of allocation: what the buffer should hold.
    private readonly List<byte[]> _expected = [];
    private readonly Dictionary<(EventKind, string), long> _calls = [];
    private IReadOnlyList<CoreEvent> _events = [];
    private int _next;
    private int _kernelsInSuperstep;

    /// <summary>Where it first did something else; null as long as it did not.</summary>
    public Divergence? Found { get; private set; }

    /// <summary>The kernel calls compared.</summary>
    public long KernelCalls { get; private set; }

    /// <summary>Sets out on a superstep, and on what is allocated before it.</summary>
    public void Expect(IReadOnlyList<CoreEvent> events) => (_events, _next, _kernelsInSuperstep) = (events, 0, 0);

    public void Allocated(WatchedBuffer buffer)
    {
        var shape = new BufferShape(buffer.Layout, buffer.Length);
        if (Take(EventKind.Allocate, buffer.Name, shape) is not null)
        {
            _expected.Add(new byte[buffer.Bytes.Length]);
        }
    }

    public void Released(WatchedBuffer buffer)
    {
        if (Take(EventKind.Release, buffer.Name, null) is not null)
        {
            _expected[buffer.Ordinal] = [];
        }
    }

    public void Observe(EventKind kind, string name, IReadOnlyList<WatchedBuffer> buffers, SramView sram)
    {
        if (Take(kind, name, null) is not { } happened)
        {
            return;
        }
        long call = _calls[(kind, name)] = _calls.GetValueOrDefault((kind, name)) + 1;
        if (kind == EventKind.Kernel)
        {
            KernelCalls++;
            _kernelsInSuperstep++;
        }
        Apply(happened.Changes);
        foreach (WatchedBuffer buffer in buffers)
        {
            ReadOnlySpan<byte> should = _expected[buffer.Ordinal];
            ReadOnlySpan<byte> does = sram.Span(buffer.Bytes);
            if (!should.SequenceEqual(does) && BufferComparison.Find(buffer, should, does, ulps) is { } first)
            {
                ReadOnlySpan<byte> expected = buffer.Layout.BytesOf(first.Field, should, first.Element);
                ReadOnlySpan<byte> actual = buffer.Layout.BytesOf(first.Field, does, first.Element);
                Found = new ValueDivergence
                {
                    Core = core,
                    Kind = kind,
                    Kernel = name,
                    Call = kind is EventKind.Begin or EventKind.Barrier ? 0 : call,
                    CallInSuperstep = kind == EventKind.Kernel ? _kernelsInSuperstep : 0,
                    Buffer = buffer.Name,
                    Element = first.Element,
                    Field = first.Field.Name,
                    Expected = Scalar.Print(first.Field.Kind, expected),
                    Actual = Scalar.Print(first.Field.Kind, actual),
                    Ulps = Scalar.UlpsBetween(first.Field.Kind, expected, actual),
                    Differing = first.Differing,
                    Length = buffer.Length,
                };
                return;
            }
        }
    }

    /// <summary>Makes sure that all happened that should.</summary>
    public void End()
    {
        if (Found is null && _next < _events.Count)
        {
            Found = Another(_events[_next].Kind, Describe(_events[_next]), "nothing more in this superstep");
        }
    }

    /// <summary>What should happen next, if it is what did; else that is where they part.</summary>
    private CoreEvent? Take(EventKind kind, string name, BufferShape? shape)
    {
        if (Found is not null)
        {
            return null;
        }
        var happened = new CoreEvent(kind, name, shape, []);
        CoreEvent? next = _next < _events.Count ? _events[_next++] : null;
        if (next is not null && next.Kind == kind && next.Name == name && Describe(next) == Describe(happened))
        {
            return next;
        }
        Found = Another(kind, next is null ? "nothing more in this superstep" : Describe(next), Describe(happened));
        return null;
    }

    private void Apply(IReadOnlyList<BufferChange> changes)
    {
        foreach (BufferChange change in changes)
        {
            bool inside = (uint)change.Buffer < (uint)_expected.Count && change.Start >= 0
                && change.Start <= _expected[change.Buffer].Length - change.Content.Length;
            if (!inside)
            {
                throw new BadDataException(
                    $"Core {core}: the recording changes bytes from {change.Start} on of buffer {change.Buffer}, which are not there.");
            }
            change.Content.CopyTo(_expected[change.Buffer], change.Start);
        }
    }

    private EventDivergence Another(EventKind kind, string expected, string actual) =>
        new() { Core = core, Kind = kind, Expected = expected, Actual = actual };

    private static string Describe(CoreEvent happened) => happened.Kind switch
    {
        EventKind.Allocate => $"buffer '{happened.Name}' of {happened.Shape!.Length} {happened.Shape.Layout.Type} allocated",
        EventKind.Release => $"buffer '{happened.Name}' released",
        EventKind.Begin => "begin of the superstep's program",
        EventKind.Kernel => $"kernel {happened.Name}",
        EventKind.Load => "a load started",
        EventKind.Wait => "a transfer awaited",
        _ => "end of the superstep's program",
    };
}
