using NeuroHal.Conformance.Clauses;

namespace NeuroHal.Conformance.Trials;

/// <summary>
/// The memory of core 0 for one trial: what is put there by the host, what the host reads back, and whether a kernel left
/// alone what it had no business with.
/// </summary>
internal sealed class Workbench(IDevice device) : IDisposable
{
    private readonly Dictionary<int, Placed> _placed = [];

    /// <summary>A buffer of these contents.</summary>
    public SramBuffer<T> Place<T>(string name, params T[] contents) where T : struct
    {
        SramBuffer<T> buffer = device.Cores[0].Sram.Allocate<T>(name, contents.Length);
        _placed[buffer.Region] = new Placed(
            name,
            contents,
            () => Expect.Contents<T>(contents, Copy(buffer), $"'{name}', which the kernel is not to change"),
            () => device.Cores[0].Sram.Release(buffer));
        device.Host.Write<T>(contents, buffer);
        return buffer;
    }

    /// <summary>A range of these contents somewhere inside a buffer.</summary>
    public SramRange<T> PlaceInside<T>(string name, T[] contents, Dice dice) where T : struct
    {
        int before = dice.Between(0, 3);
        T[] around = dice.Inputs<T>(before + contents.Length + dice.Between(0, 3));
        contents.CopyTo(around, before);
        return Place(name, around).Slice(before, contents.Length);
    }

    public void Run<TKernel>(TKernel kernel) where TKernel : struct, IKernel => device.On(0, core => core.Run(kernel));

    /// <summary>A result, or what may be anything by now.</summary>
    public T[] Read<T>(SramBuffer<T> result) where T : struct => Read<T>(result.Slice(0, result.Length));

    /// <summary>A result; what lies around it in the buffer is to be as it was.</summary>
    public T[] Read<T>(SramRange<T> result) where T : struct
    {
        T[] now = Copy(result.Buffer);
        Placed placed = _placed[result.Buffer.Region];
        var then = (T[])placed.Contents;
        int end = result.Start + result.Length;
        Expect.Contents<T>(then.AsSpan(0, result.Start), now.AsSpan(0, result.Start), $"'{placed.Name}' before its range");
        Expect.Contents<T>(then.AsSpan(end), now.AsSpan(end), $"'{placed.Name}' behind its range");
        _placed[result.Buffer.Region] = placed with { Unchanged = () => { } };
        return now[result.Start..end];
    }

    /// <summary>What was not read as a result is to be as it was.</summary>
    public void ExpectNothingElseChanged()
    {
        foreach (Placed placed in _placed.Values)
        {
            placed.Unchanged();
        }
    }

    public void Dispose()
    {
        foreach (Placed placed in _placed.Values)
        {
            placed.Release();
        }
    }

    private T[] Copy<T>(SramBuffer<T> buffer) where T : struct
    {
        var contents = new T[buffer.Length];
        device.Host.Read<T>(buffer, contents);
        return contents;
    }

    private sealed record Placed(string Name, Array Contents, Action Unchanged, Action Release);
}
