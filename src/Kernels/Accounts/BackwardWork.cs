namespace NeuroHal.Kernels;

/// <summary>The account of <see cref="SparseBackward"/>.</summary>
internal static class BackwardWork
{
    private static readonly OneLane _one = new("sparse-backward one");
    private static readonly LaneGroups<Group> _groups = new(width => new Group($"sparse-backward {width}"));

    // Clearing the inputs' errors, four words to a pass, then the rest: the same for any number of lanes.
    private static readonly WorkCounts _fourWords = MachineCode.Of("sparse-backward one", "four");
    private static readonly WorkCounts _word = MachineCode.Of("sparse-backward one", "one");
    private static readonly WorkCounts _anyWord = MachineCode.Of("sparse-backward one", "ones");

    /// <param name="lanes">The samples worked on at once.</param>
    /// <param name="inputs">The inputs, whose errors are cleared first.</param>
    /// <param name="entries">The connections.</param>
    /// <param name="rows">The outputs that have any.</param>
    /// <param name="products">The connections of outputs with an error, for one lane.</param>
    /// <param name="zeroRows">The outputs without an error, for one lane.</param>
    public static WorkCounts Of(int lanes, int inputs, int entries, int rows, long products, int zeroRows)
    {
        WorkCounts clear = Clear(inputs * (long)lanes);
        if (lanes == 1)
        {
            int activeRows = rows - zeroRows;
            return clear + _one.Call + (_one.Product * (products - activeRows)) + (_one.Row * activeRows)
                + (_one.Skipped * (entries - products - zeroRows)) + (_one.ZeroRow * zeroRows);
        }
        (Group version, int groups) = _groups.For(lanes);
        return clear + version.Call + ((version.Pass + (version.Entry * (entries - rows)) + (version.Row * rows)) * groups);
    }

    private static WorkCounts Clear(long words) =>
        (_fourWords * (words / 4)) + (_word * (words % 4)) + (words % 4 > 0 ? _anyWord : WorkCounts.None);

    private sealed class OneLane(string function)
    {
        public readonly WorkCounts Call = MachineCode.Of(function, "call");
        public readonly WorkCounts Product = MachineCode.Of(function, "product");
        public readonly WorkCounts Row = MachineCode.Of(function, "row");
        public readonly WorkCounts Skipped = MachineCode.Of(function, "skipped");
        public readonly WorkCounts ZeroRow = MachineCode.Of(function, "zerorow");
    }

    private sealed class Group(string function)
    {
        public readonly WorkCounts Call = MachineCode.Of(function, "call");
        public readonly WorkCounts Pass = MachineCode.Of(function, "pass");
        public readonly WorkCounts Entry = MachineCode.Of(function, "entry");
        public readonly WorkCounts Row = MachineCode.Of(function, "row");
    }
}
