using NeuroHal.DeepR.Planning;
using NeuroHal.Kernels;

namespace NeuroHal.DeepR.Training;

/// <summary>
/// Brings a core its samples, as many at a time as it has lanes: while it works on some, its DMA engine fetches the next
/// into the other buffer. Where cores exchange in several stages, only the first one fetches, and the others get from it what
/// is <see cref="Fetched"/>: the port of the memory is one for all.
/// </summary>
internal sealed class ImageStream
{
    private readonly NetworkShare _share;
    private readonly int _record;
    private readonly int _width;
    private readonly int _shift;
    private readonly bool _loads;
    private readonly DmaTransfer[][] _pending;
    private readonly int[] _started = new int[2];
    private LoadedSamples _samples = null!;
    private SampleOrder? _order;
    private int _fetched;
    private int _fill;

    public ImageStream(NetworkShare share, TrainingOptions options)
    {
        _share = share;
        _record = options.Layers[0] + 1;
        _width = options.ImageWidth;
        _shift = options.Shift;
        IsSpread = share.Grid.Stages > 1;
        _loads = !IsSpread || share.Core == 0;
        _pending = [new DmaTransfer[2 * share.Lanes], new DmaTransfer[2 * share.Lanes]];
    }

    /// <summary>Whether the first core has the samples fetched for all.</summary>
    public bool IsSpread { get; }

    /// <summary>Whether nothing was fetched of this epoch yet.</summary>
    public bool NoneFetched => _fetched == 0;

    /// <summary>The samples handed out so far.</summary>
    public int Position { get; private set; }

    public int Count => _samples.Count;

    public bool AtEnd => Position >= _samples.Count;

    /// <summary>The samples at hand with their labels, [lanes][pixels + 1].</summary>
    public SramBuffer<byte> Records { get; private set; }

    /// <summary>Their pixels, [pixels][lanes].</summary>
    public SramRange<byte> Pixels => _share.Lanes == 1 ? Records.Slice(0, _record - 1) : _share.Interleaved;

    public BatchShape Shape { get; private set; }

    /// <summary>Starts again; null as its order goes through the samples as they lie.</summary>
    public void Begin(LoadedSamples samples, SampleOrder? order)
    {
        _samples = samples;
        _order = order;
        Position = 0;
        _fetched = 0;
    }

    /// <summary>Which buffer is filled next, or holds the samples at hand: 0 or 1.</summary>
    public int Fill => _fill;

    /// <summary>Is where it was after a step, but for what <see cref="Refetch"/> does.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="order">Their order; null for the one in which they lie.</param>
    /// <param name="position">The samples handed out; 0 between epochs.</param>
    /// <param name="fill">As <see cref="Fill"/> was.</param>
    public void Resume(LoadedSamples samples, SampleOrder? order, int position, int fill)
    {
        Begin(samples, order);
        _fill = fill;
        if (position > 0)
        {
            Position = position;
            _fetched = position;
            Records = _share.Images[fill];
            int last = position % _share.Lanes;
            Shape = new BatchShape(_record - 1, _share.Lanes, last == 0 ? _share.Lanes : last);
        }
    }

    /// <summary>Has the samples fetched that were on their way. What is spread has arrived by the end of a step.</summary>
    public void Refetch(ICore core)
    {
        if (IsSpread)
        {
            _fetched = Math.Min(_fetched + _share.Lanes, _samples.Count);
            return;
        }
        _fill = 1 - _fill;
        Fetch(core);
    }

    /// <summary>Waits for the samples that are fetched, so that they can be passed on; the first ones it has fetched first.</summary>
    /// <returns>The image buffer that they are in or are to be in, and their bytes.</returns>
    public (int Buffer, int Bytes) Fetched(ICore core)
    {
        if (_fetched == 0)
        {
            Fetch(core);
        }
        int buffer = 1 - _fill;
        Await(core, buffer);
        int ahead = _fetched - Position;
        return (buffer, ahead * _record);
    }

    /// <summary>Waits for the next samples and has those after them fetched.</summary>
    public void Next(ICore core)
    {
        if (_fetched == 0)
        {
            Fetch(core);
        }
        int ready = 1 - _fill;
        int active = Math.Min(_share.Lanes, _samples.Count - Position);
        Await(core, ready);
        Position += active;
        Records = _share.Images[ready];
        Shape = new BatchShape(_record - 1, _share.Lanes, active);
        Fetch(core);
        if (_share.Lanes > 1)
        {
            core.Run(new InterleavePixels(Records, _share.Interleaved, Shape.Lanes, Shape.Active));
        }
    }

    private void Fetch(ICore core)
    {
        SramBuffer<byte> records = _share.Images[_fill];
        _started[_fill] = 0;
        if (!_loads)
        {
            _fetched = Math.Min(_fetched + _share.Lanes, _samples.Count);
            _fill = 1 - _fill;
            return;
        }
        for (int lane = 0; lane < _share.Lanes && _fetched < _samples.Count; lane++, _fetched++)
        {
            int from = (_order?[_fetched] ?? _fetched) * _record;
            int to = lane * _record;
            int moved = _order is { } order && _shift > 0 ? from + order.Move(_fetched, _shift, _width) : from;
            if (moved == from || moved < 0 || moved + _record > _samples.Records.Length)
            {
                Start(core, from, records.Slice(to, _record));
            }
            else
            {
                Start(core, moved, records.Slice(to, _record - 1));
                Start(core, from + _record - 1, records.Slice(to + _record - 1, 1));
            }
        }
        _fill = 1 - _fill;
    }

    private void Await(ICore core, int buffer)
    {
        for (int i = 0; i < _started[buffer]; i++)
        {
            core.Dma.Wait(_pending[buffer][i]);
        }
        _started[buffer] = 0;
    }

    private void Start(ICore core, int from, SramRange<byte> to) =>
        _pending[_fill][_started[_fill]++] = core.Dma.Load(_samples.Records.Slice(from, to.Length), to);
}
