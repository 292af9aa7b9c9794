namespace NeuroHal.DeepR.Planning;

/// <summary>
/// The cores as points of a grid with a few short dimensions, for exchanges in as many stages: in each, a core deals only
/// with those that differ from it in one dimension. So it sends the sum of the dimensions' sizes in messages, not one to
/// every other core, and what it holds doubles, trebles, ... from stage to stage (a mixed-radix hypercube; Thakur et al.,
/// "Optimization of Collective Communication Operations in MPICH", 2005).
/// </summary>
/// <remarks>
/// The first dimension is between the cores farthest apart, over chips where there are several, the last between neighbours:
/// a gather goes from the first to the last and a reduction back, so that much goes near and little goes far. Ranks number
/// the cores so that what a core holds after each stage is from consecutive ones: the first dimension counts fastest.
/// </remarks>
internal sealed class CoreGrid
{
    // A stage takes a message to each of the cores met and a barrier, and, going back, a pass over what is left to add up; the
    // pass costs most, so the stage in which most is added is long. Up to so many cores there is but one stage.
    private const int LongestStage = 31;

    private readonly int[] _sizes;

    /// <summary>Ranks between two cores that are neighbours in a dimension.</summary>
    private readonly int[] _rankSteps;

    /// <summary>Core numbers between them.</summary>
    private readonly int[] _coreSteps;

    private readonly int[] _ranks;

    /// <param name="cores">The cores there are.</param>
    /// <param name="chips">The chips they are on.</param>
    public CoreGrid(int cores, int chips = 1)
    {
        Cores = cores;
        while (!IsProduct(Cores))
        {
            Cores--;
        }
        bool even = Cores == cores && Cores % chips == 0;
        _sizes = even ? [.. Sizes(chips), .. Sizes(Cores / chips)] : Sizes(Cores);
        _rankSteps = new int[_sizes.Length];
        _coreSteps = new int[_sizes.Length];
        for (int stage = 0, below = 1; stage < _sizes.Length; stage++)
        {
            _rankSteps[stage] = below;
            below *= _sizes[stage];
            _coreSteps[stage] = Cores / below;
        }
        _ranks = [.. Enumerable.Range(0, Cores).Select(core => Enumerable.Range(0, Stages).Sum(i => Place(core, i) * _rankSteps[i]))];
    }

    /// <summary>
    /// The cores that take part: all, unless their number has a prime factor above 31; then the next lower number that has none.
    /// </summary>
    public int Cores { get; }

    /// <summary>The dimensions; none with one core.</summary>
    public int Stages => _sizes.Length;

    /// <summary>The cores that meet in a stage.</summary>
    public int Size(int stage) => _sizes[stage];

    /// <summary>Which of those that meet in a stage a core is.</summary>
    public int Place(int core, int stage) => core / _coreSteps[stage] % _sizes[stage];

    /// <summary>The core at another place of those that a core meets in a stage.</summary>
    public int Partner(int core, int stage, int place) => core + ((place - Place(core, stage)) * _coreSteps[stage]);

    /// <summary>Where a core is in the order by which neurons are dealt out.</summary>
    public int Rank(int core) => _ranks[core];

    /// <summary>The core of a rank.</summary>
    public int CoreOf(int rank)
    {
        int core = 0;
        for (int stage = 0; stage < _sizes.Length; stage++)
        {
            core += rank / _rankSteps[stage] % _sizes[stage] * _coreSteps[stage];
        }
        return core;
    }

    /// <summary>The first rank of those whose data a core holds before a stage of a gather, and after that stage of a reduction.</summary>
    public int FirstRank(int core, int stage) => _ranks[core] - (_ranks[core] % _rankSteps[stage]);

    /// <summary>How many ranks those are.</summary>
    public int Ranks(int stage) => _rankSteps[stage];

    /// <summary>Whether a core has what the first one spreads before a stage.</summary>
    public bool HasBefore(int core, int stage) => _ranks[core] < _rankSteps[stage];

    /// <summary>The largest dimension that divides a number last, and so on; the first are the shortest.</summary>
    private static int[] Sizes(int number)
    {
        var sizes = new List<int>();
        for (; number > 1; number /= sizes[^1])
        {
            sizes.Add(LargestDivisor(number));
        }
        return [.. sizes.Order()];
    }

    private static bool IsProduct(int number)
    {
        while (number > 1 && LargestDivisor(number) is var divisor && divisor > 1)
        {
            number /= divisor;
        }
        return number == 1;
    }

    /// <summary>The largest divisor that is short enough for a stage; 1 if there is none.</summary>
    private static int LargestDivisor(int number)
    {
        int divisor = Math.Min(number, LongestStage);
        while (number % divisor != 0)
        {
            divisor--;
        }
        return divisor;
    }
}
