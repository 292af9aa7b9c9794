using NeuroHal;

namespace NullBackend;

internal sealed class NullSram : ISram
{
    public static readonly Bytes Size = Bytes.FromKiB(64);

    public Bytes Capacity => Size;

    public Bytes Used => Bytes.Zero;

    public IReadOnlyList<SramRegion> Map => [];

    public SramBuffer<T> Allocate<T>(string name, int length) where T : struct =>
        throw NotYet.Implemented("NullSram.Allocate", "a zeroed, aligned buffer, accounted for to the byte (M1 to M5; SramStorage is that)");

    public void Reserve(string name, Bytes size) =>
        throw NotYet.Implemented("NullSram.Reserve", "memory that is taken, such as program code (M1, M3; SramStorage is that)");

    public void Release<T>(SramBuffer<T> buffer) where T : struct =>
        throw NotYet.Implemented("NullSram.Release", "the bytes can be had again (M5 to M7; SramStorage is that)");
}
