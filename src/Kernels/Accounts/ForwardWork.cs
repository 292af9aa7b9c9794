namespace NeuroHal.Kernels;

/// <summary>The account of <see cref="SparseForward{T}"/>.</summary>
internal static class ForwardWork<T>
    where T : struct
{
    private static readonly string _name = $"sparse-forward {LayerInput<T>.Name}";
    private static readonly OneLane _one = new($"{_name} one");
    private static readonly LaneGroups<Group> _groups = new(width => new Group($"{_name} {width}"));

    /// <param name="lanes">The samples worked on at once.</param>
    /// <param name="entries">The connections.</param>
    /// <param name="products">Those whose activation is not zero, for one lane.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="reached">The outputs up to the last that has a connection.</param>
    public static WorkCounts Of(int lanes, int entries, long products, int outputs, int reached)
    {
        if (lanes == 1)
        {
            return _one.Call + (_one.Skipped * (entries - products)) + (_one.Product * products)
                + (_one.Row * reached) + (_one.Tail * (outputs - reached));
        }
        (Group version, int groups) = _groups.For(lanes);
        WorkCounts each = version.Pass + (version.Entry * entries) + (version.Row * reached) + (version.Tail * (outputs - reached));
        return version.Call + (each * groups);
    }

    private sealed class OneLane(string function)
    {
        public readonly WorkCounts Call = MachineCode.Of(function, "call");
        public readonly WorkCounts Skipped = MachineCode.Of(function, "skipped");
        public readonly WorkCounts Product = MachineCode.Of(function, "product");
        public readonly WorkCounts Row = MachineCode.Of(function, "row");
        public readonly WorkCounts Tail = MachineCode.Of(function, "tail");
    }

    private sealed class Group(string function)
    {
        public readonly WorkCounts Call = MachineCode.Of(function, "call");
        public readonly WorkCounts Pass = MachineCode.Of(function, "pass");
        public readonly WorkCounts Entry = MachineCode.Of(function, "entry");
        public readonly WorkCounts Row = MachineCode.Of(function, "row");
        public readonly WorkCounts Tail = MachineCode.Of(function, "tail");
    }
}
