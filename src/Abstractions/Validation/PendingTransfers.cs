namespace NeuroHal;

/// <summary>
/// The transfers of a core that are yet to be awaited. Most are awaited in the order in which they were started, so the one that is
/// looked for is nearly always the first.
/// </summary>
internal sealed class PendingTransfers
{
    // The end of the array is left free, so that it shares no cache line with what other cores' threads read.
    private const int Free = 8;

    private long[] _sequences = new long[16 + Free];
    private int _first;
    private int _end;

    /// <summary>One was started.</summary>
    public void Add(long sequence)
    {
        if (_end == _sequences.Length - Free)
        {
            // Room at the start is used before there is more.
            long[] wider = _first > _sequences.Length / 2 ? _sequences : new long[2 * _sequences.Length];
            Array.Copy(_sequences, _first, wider, 0, _end - _first);
            (_sequences, _first, _end) = (wider, 0, _end - _first);
        }
        _sequences[_end++] = sequence;
    }

    /// <summary>One is awaited.</summary>
    /// <returns>Whether it was pending.</returns>
    public bool Remove(long sequence)
    {
        int place = Array.IndexOf(_sequences, sequence, _first, _end - _first);
        if (place < 0)
        {
            return false;
        }
        Array.Copy(_sequences, _first, _sequences, _first + 1, place - _first);
        _first++;
        return true;
    }
}
