using System.Runtime.InteropServices;
using System.Text;

namespace NeuroHal.SpiNNaker2Emu;

/// <summary>
/// A device's state as a row of numbers, read back in the order in which it was written. Pending transfers come first, so that
/// they can be compared before anything of the device changes.
/// </summary>
internal sealed class EmuState
{
    private const int LongestName = 256;

    // Forty hours in picoseconds: sums over cores and levels stay within 64 bits.
    private const long MostOfACount = long.MaxValue >> 6;

    private readonly long[] _words;
    private int _next;

    /// <exception cref="BadDataException">The state is damaged, of another version or of another owner.</exception>
    public EmuState(string owner, ReadOnlyMemory<byte> state) => _words = StateBlob.Unpack(owner, state);

    /// <summary>Writes which transfers are pending, as <see cref="RestorePending"/> reads them.</summary>
    public static void WritePending(List<long> words, IReadOnlyList<EmuCore> cores)
    {
        foreach (EmuCore core in cores)
        {
            ref TransferList pending = ref core.Transfers;
            words.Add(pending.Count);
            for (int number = 0; number < pending.Count; number++)
            {
                ref EmuTransfer transfer = ref pending[number];
                words.AddRange([(long)transfer.Kind, transfer.Target, transfer.Bytes, transfer.Done.Picoseconds]);
            }
        }
    }

    /// <summary>A text as words: its bytes, then these, eight to a word.</summary>
    public static void Write(List<long> words, string text)
    {
        var bytes = new byte[((Encoding.UTF8.GetByteCount(text) + 7) / 8) * 8];
        words.Add(Encoding.UTF8.GetBytes(text, bytes));
        words.AddRange(MemoryMarshal.Cast<byte, long>(bytes));
    }

    /// <summary>A count or a time. A checksum says that nothing was changed by chance, not that a state makes sense.</summary>
    public long Next() => NextWord() is var word && word is >= 0 and <= MostOfACount
        ? word
        : throw new BadDataException($"The device state holds {word} as its number {_next - 1}; counts and times are 0 to {MostOfACount}.");

    /// <summary>So many counts or times.</summary>
    public long[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    public SimTime NextTime() => new(Next());

    /// <summary>A number from 0 to below a limit.</summary>
    public int NextBelow(int limit) => Next() is var word && word >= 0 && word < limit ? (int)word : throw Malformed();

    public string NextText()
    {
        int bytes = NextBelow(LongestName + 1);
        long[] words = [.. Enumerable.Range(0, (bytes + 7) / 8).Select(_ => NextWord())];
        return Encoding.UTF8.GetString(MemoryMarshal.AsBytes<long>(words)[..bytes]);
    }

    /// <summary>Gives each pending transfer the moment when it will be done.</summary>
    /// <exception cref="BadDataException">Others are pending than were then; nothing is changed.</exception>
    public void RestorePending(IReadOnlyList<EmuCore> cores)
    {
        var moments = new List<(EmuCore Core, int Number, SimTime Done)>();
        foreach (EmuCore core in cores)
        {
            ref TransferList pending = ref core.Transfers;
            long then = Next();
            if (then != pending.Count)
            {
                throw new BadDataException(
                    $"The device state has {then} transfer(s) pending on core {core.Id}, where the program has started {pending.Count}.");
            }
            for (int number = 0; number < pending.Count; number++)
            {
                EmuTransfer transfer = pending[number];
                if ((Next(), Next(), Next()) != ((long)transfer.Kind, (long)transfer.Target, transfer.Bytes))
                {
                    throw new BadDataException(
                        $"The device state has other transfers pending on core {core.Id} than the program has started ({transfer}).");
                }
                moments.Add((core, number, NextTime()));
            }
        }
        foreach ((EmuCore core, int number, SimTime done) in moments)
        {
            core.Transfers[number].Done = done;
        }
    }

    public void RequireEnd()
    {
        if (_next != _words.Length)
        {
            throw Malformed();
        }
    }

    private long NextWord() => _next < _words.Length ? _words[_next++] : throw Malformed();

    private BadDataException Malformed() => new($"The device state is malformed at word {_next} of {_words.Length}.");
}
