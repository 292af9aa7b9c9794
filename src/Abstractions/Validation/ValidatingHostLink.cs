namespace NeuroHal;

internal sealed class ValidatingHostLink(IHostLink link, ValidatingDevice device) : IHostLink
{
    public void Write<T>(ReadOnlyMemory<T> source, SramRange<T> destination) where T : struct
    {
        CheckSram(destination, "write", source.Length, destination.Length);
        link.Write(source, destination);
    }

    public void Write<T>(ReadOnlyMemory<T> source, DramRange<T> destination) where T : struct
    {
        CheckDram(destination, "write", source.Length, destination.Length);
        link.Write(source, destination);
    }

    public void Read<T>(SramRange<T> source, Memory<T> destination) where T : struct
    {
        CheckSram(source, "read", source.Length, destination.Length);
        link.Read(source, destination);
    }

    public void Read<T>(DramRange<T> source, Memory<T> destination) where T : struct
    {
        CheckDram(source, "read", source.Length, destination.Length);
        link.Read(source, destination);
    }

    private void CheckSram<T>(SramRange<T> range, string what, int source, int destination) where T : struct
    {
        Check(what, source, destination);
        device.SramChecks(range.Buffer.Core).Check(range);
    }

    private void CheckDram<T>(DramRange<T> range, string what, int source, int destination) where T : struct
    {
        Check(what, source, destination);
        device.DramChecks.Check(range);
    }

    private void Check(string what, int source, int destination)
    {
        device.RequireBetweenSupersteps($"the host link was used to {what}");
        if (source != destination)
        {
            throw ElementType.DifferentLength($"Host link {what}", source, destination);
        }
    }
}
