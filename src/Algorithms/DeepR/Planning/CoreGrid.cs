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
    // A dimension of so many is one stage of as many messages less one, which is as good as several stages of fewer.
    private const int LongestPrime = 31;

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
        while (Factors(Cores) is var factors && factors.Length > 0 && factors[0] > LongestPrime)
        {
            Cores--;
        }
        bool even = Cores % chips == 0 && Cores == cores;
        _sizes = even ? [.. Factors(chips), .. Factors(Cores / chips)] : Factors(Cores);
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

    /// <summary>The prime factors, pairs of twos as fours, largest first.</summary>
    private static int[] Factors(int number)
    {
        var factors = new List<int>();
        for (int factor = 4; number > 1; factor = factor == 4 ? 2 : factor == 2 ? 3 : factor + 2)
        {
            if (factor > 4 && (long)factor * factor > number)
            {
                factor = number;
            }
            for (; number % factor == 0; number /= factor)
            {
                factors.Add(factor);
            }
        }
        return [.. factors.OrderDescending()];
    }
}
