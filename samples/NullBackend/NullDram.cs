using NeuroHal;

namespace NullBackend;

internal sealed class NullDram(Bytes capacity) : IDram
{
    public Bytes Capacity => capacity;

    public Bytes Used => Bytes.Zero;

    public DramBuffer<T> Allocate<T>(string name, int length) where T : struct =>
        throw NotYet.Implemented("NullDram.Allocate", "a buffer in external memory (M9; DramStorage is that)");

    public void Release<T>(DramBuffer<T> buffer) where T : struct =>
        throw NotYet.Implemented("NullDram.Release", "the bytes can be had again (M9; DramStorage is that)");
}
