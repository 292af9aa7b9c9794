namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// A core's transfers in the order in which they were started, until they are awaited and the superstep in which they were has been
/// worked out.
/// </summary>
/// <remarks>
/// Transfers lie side by side, and the list is a part of <see cref="EmuCore"/> and not an object of its own: with thousands of cores
/// what takes the host's time is mostly the way to its memory.
/// </remarks>
internal struct TransferList()
{
    private EmuTransfer[] _transfers = new EmuTransfer[8];
    private int _hint;

    /// <summary>How many there are; they are numbered from 0 until the end of the superstep.</summary>
    public int Count { readonly get; private set; }

    /// <summary>One of them; valid until another is added.</summary>
    public readonly ref EmuTransfer this[int number] => ref _transfers[number];

    /// <returns>Its number.</returns>
    public int Add(in EmuTransfer transfer)
    {
        if (Count == _transfers.Length)
        {
            Array.Resize(ref _transfers, 2 * Count);
        }
        _transfers[Count] = transfer;
        return Count++;
    }

    /// <summary>Takes note that one is waited for.</summary>
    /// <returns>Its number; below 0 where there is none, or it was waited for before.</returns>
    public int Await(long sequence)
    {
        // Most are waited for in the order in which they were started.
        int number = _hint < Count && _transfers[_hint].Sequence == sequence ? _hint : Find(sequence);
        if (number < 0 || _transfers[number].IsAwaited)
        {
            return -1;
        }
        _transfers[number].IsAwaited = true;
        _hint = number + 1;
        return number;
    }

    /// <summary>Forgets those that were waited for; the others are numbered anew.</summary>
    public void ForgetAwaited()
    {
        int kept = 0;
        for (int number = 0; number < Count; number++)
        {
            if (!_transfers[number].IsAwaited)
            {
                _transfers[kept++] = _transfers[number];
            }
        }
        (Count, _hint) = (kept, 0);
    }

    private readonly int Find(long sequence)
    {
        for (int number = 0; number < Count; number++)
        {
            if (_transfers[number].Sequence == sequence)
            {
                return number;
            }
        }
        return -1;
    }
}

/// <summary>A transfer on its way.</summary>
internal struct EmuTransfer
{
    /// <summary>When it has arrived, before that is worked out.</summary>
    public static readonly SimTime Unknown = new(long.MaxValue);

    public long Sequence { get; set; }

    public long Bytes { get; set; }

    /// <summary>When it has arrived; known once its start has been reached.</summary>
    public SimTime Done { get; set; }

    /// <summary>The core it goes to; of a load or a store, the chip whose memory it is about.</summary>
    public int Target { get; set; }

    /// <summary>Routers on its way.</summary>
    public int Hops { get; set; }

    /// <summary>Links between chips on its way.</summary>
    public int ChipHops { get; set; }

    public EmuTransferKind Kind { get; set; }

    /// <summary>Whether the program waits for it, at some event of this superstep.</summary>
    public bool IsAwaited { get; set; }

    public override readonly string ToString() => Kind switch
    {
        EmuTransferKind.Load => $"load {Bytes} B",
        EmuTransferKind.Store => $"store {Bytes} B",
        _ => $"send {Bytes} B to core {Target}",
    };
}

/// <summary>Which way a transfer goes.</summary>
internal enum EmuTransferKind : byte
{
    Load,
    Store,
    Send,
}
