using System.Globalization;
using System.Runtime.InteropServices;
using NeuroHal.Lockstep.Elements;
using NeuroHal.Lockstep.Watching;

namespace NeuroHal.Cli.NonFinite;

/// <summary>Looks, after every kernel and barrier, for the first number in SRAM that is infinite or none.</summary>
internal sealed class NonFiniteWatcher(int cores) : IRunWatcher
{
    private readonly CoreWatcher[] _cores = [.. Enumerable.Range(0, cores).Select(_ => new CoreWatcher())];

    /// <summary>Whether to look.</summary>
    public bool IsLooking { get; set; }

    public bool IsDone => !IsLooking;

    /// <summary>What was found; on the core with the lowest number where several found something in one superstep.</summary>
    public (int Core, Finding Finding)? Found =>
        _cores.Index().Where(c => c.Item.Found is not null).Select(c => ((int, Finding)?)(c.Index, c.Item.Found!)).FirstOrDefault();

    public ICoreWatcher OfCore(int core) => _cores[core];

    public void Begin(string superstep)
    {
    }

    public void End() => IsLooking &= Found is null;

    /// <summary>A number found.</summary>
    public sealed record Finding(string Kernel, string Buffer, int Element, string Value);

    private sealed class CoreWatcher : ICoreWatcher
    {
        public Finding? Found { get; private set; }

        public void Allocated(WatchedBuffer buffer)
        {
        }

        public void Released(WatchedBuffer buffer)
        {
        }

        public void Observe(EventKind kind, string name, IReadOnlyList<WatchedBuffer> buffers, SramView sram)
        {
            foreach (WatchedBuffer buffer in Found is null ? buffers : [])
            {
                foreach (ElementField field in buffer.Layout.Fields.Where(f => f.Kind == ScalarKind.Float32))
                {
                    Look(kind == EventKind.Kernel ? name : "what came before", buffer, field.Offset, sram);
                }
            }
        }

        private void Look(string what, WatchedBuffer buffer, int offset, SramView sram)
        {
            ReadOnlySpan<byte> bytes = sram.Span(buffer.Bytes);
            int size = buffer.Layout.Size;
            for (int i = 0; Found is null && i < buffer.Length; i++)
            {
                float value = MemoryMarshal.Read<float>(bytes[((i * size) + offset)..]);
                if (!float.IsFinite(value))
                {
                    Found = new Finding(what, buffer.Name, i, value.ToString(CultureInfo.InvariantCulture));
                }
            }
        }
    }
}
