using System.Runtime.InteropServices;
using NeuroHal.Kernels;

namespace NeuroHal.Calibration.Cases;

/// <summary>Random streams that a kernel draws from, one number after the other from the next stream.</summary>
/// <param name="State">One stream or several: their first words, second words, and so on.</param>
/// <param name="WordsPerNumber">The words that a stream gives when it is its turn.</param>
internal sealed record RandomUse(SramBuffer<uint> State, int WordsPerNumber)
{
    /// <summary>The words as a core takes them that makes one number after the other.</summary>
    /// <param name="state">What the state was before.</param>
    /// <param name="count">How many words.</param>
    public uint[] Words(ReadOnlySpan<uint> state, long count)
    {
        var streams = new uint[state.Length / Xoshiro128.StateWords][];
        for (int stream = 0; stream < streams.Length; stream++)
        {
            streams[stream] = new uint[Xoshiro128.StateWords];
            for (int word = 0; word < Xoshiro128.StateWords; word++)
            {
                streams[stream][word] = state[(word * streams.Length) + stream];
            }
        }
        var words = new uint[count];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = new Xoshiro128(streams[i / WordsPerNumber % streams.Length]).Next();
        }
        return words;
    }

    public ReadOnlySpan<uint> StateIn(ReadOnlySpan<byte> image) =>
        MemoryMarshal.Cast<byte, uint>(image.Slice(State.Offset, State.Length * sizeof(uint)));

    public void ClearIn(Span<byte> image) => image.Slice(State.Offset, State.Length * sizeof(uint)).Clear();
}
