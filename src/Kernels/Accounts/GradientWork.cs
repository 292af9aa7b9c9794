namespace NeuroHal.Kernels;

/// <summary>The accounts of <see cref="SparseGradient{T}"/> and <see cref="SparseUpdate{T}"/>.</summary>
internal static class GradientWork<T>
    where T : struct
{
    private const int SignsPerWord = 32;

    private static readonly OneLane _gradientOne = new($"sparse-gradient {LayerInput<T>.Name} one");
    private static readonly LaneGroups<Group> _gradient = new(width => new Group($"sparse-gradient {LayerInput<T>.Name} {width}"));
    private static readonly LaneGroups<Group> _update = new(width => new Group($"sparse-update {LayerInput<T>.Name} {width}"));
    private static readonly OneLane[] _updateOne = [.. Options().Select(o => new OneLane($"sparse-update {LayerInput<T>.Name} one {o}"))];
    private static readonly Group[] _updateStored = [.. Options().Select(o => new Group($"sparse-update stored {o}"))];

    // What noise and velocity add where the gradient was summed over lanes before.
    private static readonly Group[] _updateSummed = [.. Options().Select(o => new Group($"sparse-update summed {o}"))];

    /// <summary>Gradients added to those stored.</summary>
    /// <param name="lanes">The samples worked on at once.</param>
    /// <param name="entries">The connections.</param>
    /// <param name="products">Those whose activation is not zero, for one lane.</param>
    public static WorkCounts OfGradient(int lanes, int entries, long products)
    {
        if (lanes == 1)
        {
            return _gradientOne.Of(entries, 0, products);
        }
        (Group version, int groups) = _gradient.For(lanes);
        return version.Of(entries, 0, groups);
    }

    /// <summary>A step of learning with gradients computed on the way.</summary>
    /// <param name="lanes">The samples worked on at once.</param>
    /// <param name="entries">The connections.</param>
    /// <param name="products">Those whose activation is not zero, for one lane.</param>
    /// <param name="velocity">Whether there is momentum.</param>
    /// <param name="noise">Whether there is noise.</param>
    public static WorkCounts OfUpdate(int lanes, int entries, long products, bool velocity, bool noise)
    {
        int option = Option(velocity, noise);
        if (lanes == 1)
        {
            return _updateOne[option].Of(entries, Blocks(entries), products);
        }
        (Group version, int groups) = _update.For(lanes);
        return version.Of(entries, Blocks(entries), groups) + _updateSummed[option].Of(entries, Blocks(entries), 1);
    }

    /// <summary>A step of learning with the gradients stored.</summary>
    public static WorkCounts OfStoredUpdate(int entries, bool velocity, bool noise) =>
        _updateStored[Option(velocity, noise)].Of(entries, Blocks(entries), 1);

    private static int Blocks(int entries) => (entries + SignsPerWord - 1) / SignsPerWord;

    private static int Option(bool velocity, bool noise) => (velocity ? 2 : 0) + (noise ? 1 : 0);

    private static string[] Options() => ["plain", "noise", "velocity", "velocity and noise"];

    private sealed class OneLane(string function)
    {
        private readonly WorkCounts _call = MachineCode.Of(function, "call");
        private readonly WorkCounts _block = MachineCode.OrNone(function, "block");
        private readonly WorkCounts _skipped = MachineCode.Of(function, "skipped");
        private readonly WorkCounts _product = MachineCode.Of(function, "product");

        public WorkCounts Of(int entries, int blocks, long products) =>
            _call + (_block * blocks) + (_skipped * (entries - products)) + (_product * products);
    }

    private sealed class Group(string function)
    {
        private readonly WorkCounts _call = MachineCode.OrNone(function, "call");
        private readonly WorkCounts _block = MachineCode.OrNone(function, "block");
        private readonly WorkCounts _entry = MachineCode.OrNone(function, "entry");
        private readonly WorkCounts _moreLanes = MachineCode.OrNone(function, "more");
        private readonly WorkCounts _anyMore = MachineCode.OrNone(function, "loop");

        public WorkCounts Of(int entries, int blocks, int groups) =>
            _call + (_block * blocks) + (_entry * entries)
            + (groups > 1 ? (_anyMore * entries) + (_moreLanes * (entries * (groups - 1L))) : WorkCounts.None);
    }
}
