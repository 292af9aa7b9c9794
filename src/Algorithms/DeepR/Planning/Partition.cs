using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Planning;

/// <summary>
/// Which core holds which output neurons of each layer, with all their incoming connections. Rows are dealt out evenly, in
/// the order of <see cref="CoreGrid"/>'s ranks; those left over go to the cores that have the fewest connections so far. Of a layer
/// with fewer outputs or connections than there are cores, some cores get none. What a layer may hold is dealt out by rows too; where
/// a network is given, each core may hold what that puts there, and its part of what the network leaves of the budget. To learn, a core
/// with outputs needs at least one connection; to be used as it is, a network may have none at some of them.
/// </summary>
internal sealed class Partition
{
    private readonly LayerShare[][] _shares;
    private readonly int _least;

    /// <summary>By layer and rank, the first neuron of that rank; and at last how many there are.</summary>
    private readonly int[][] _firsts;

    /// <summary>Divides a network over cores.</summary>
    /// <param name="options">The network's layers and how many connections they may hold.</param>
    /// <param name="cores">The cores there are.</param>
    /// <param name="chips">The chips they are on.</param>
    /// <param name="initial">The network to begin with, which goes with the options; null where connections are drawn.</param>
    /// <param name="use">What the network is for.</param>
    /// <exception cref="BadArgumentException">A given network has its connections at too few outputs to learn.</exception>
    public Partition(TrainingOptions options, int cores, int chips = 1, NetworkSnapshot? initial = null, NetworkUse use = NetworkUse.Training)
    {
        _least = use == NetworkUse.Training ? 1 : 0;
        Grid = new CoreGrid(cores, chips);
        cores = Grid.Cores;
        _shares = new LayerShare[options.Connectivity.Count][];
        var load = new int[cores];
        foreach (int layer in Enumerable.Range(0, _shares.Length).OrderByDescending(options.Connections).ThenBy(i => i))
        {
            _shares[layer] = Deal(options.Layers[layer + 1], options.Connections(layer), load, layer, initial?.Layers[layer].Connections ?? []);
            for (int core = 0; core < cores; core++)
            {
                load[core] += _shares[layer][core].Connections;
            }
        }
        _firsts = [.. _shares.Select((shares, layer) => (int[])
            [.. Enumerable.Range(0, cores).Select(rank => shares[Grid.CoreOf(rank)].First), options.Layers[layer + 1]])];
    }

    /// <summary>The cores that have a share, and how they exchange what they have.</summary>
    public CoreGrid Grid { get; }

    /// <summary>A core's share of a layer of connections.</summary>
    public LayerShare this[int layer, int core] => _shares[layer][core];

    /// <summary>The neurons that a layer feeds on the cores of consecutive ranks.</summary>
    /// <returns>The first of them and how many there are.</returns>
    public (int First, int Rows) Rows(int layer, int firstRank, int ranks) =>
        (_firsts[layer][firstRank], _firsts[layer][firstRank + ranks] - _firsts[layer][firstRank]);

    private LayerShare[] Deal(int rows, int connections, int[] load, int layer, IReadOnlyList<Connection> given)
    {
        int holders = Math.Min(load.Length, Math.Min(rows, connections));
        int[] leastFirst = [.. Enumerable.Range(0, load.Length).OrderBy(c => load[c]).ThenBy(c => c).Take(holders)];
        var sizes = new int[load.Length];
        foreach ((int place, int core) in leastFirst.Index())
        {
            sizes[core] = (rows / holders) + (place < rows % holders ? 1 : 0);
        }
        int[] present = Present(given, [.. Enumerable.Range(0, load.Length).Select(rank => sizes[Grid.CoreOf(rank)])]);
        int reserved = present.Sum() + (_least * leastFirst.Count(core => present[Grid.Rank(core)] == 0)); // for each holder what it needs
        if (reserved > connections)
        {
            throw new BadArgumentException(
                $"Layer {layer + 1} of the given network has all its {given.Count} connections at a few outputs; it cannot be divided over {load.Length} cores.");
        }
        var shares = new LayerShare[load.Length];
        int first = 0;
        int dealt = 0;
        int passed = 0;
        for (int rank = 0; rank < shares.Length; rank++)
        {
            int core = Grid.CoreOf(rank);
            int own = 0;
            if (sizes[core] > 0)
            {
                // What holders still to come need at least is kept for them, and in all it is exactly what the layer may hold.
                int least = Math.Max(_least, present[rank]);
                reserved -= least;
                passed += present[rank];
                int upTo = passed + (int)Math.Round((double)(connections - given.Count) * (first + sizes[core]) / rows);
                own = Math.Clamp(upTo - dealt, least, connections - dealt - reserved);
            }
            shares[core] = new LayerShare(first, sizes[core], own);
            first += sizes[core];
            dealt += own;
        }
        return shares;
    }

    /// <summary>How many of a layer's connections, sorted by row, are at the rows of each rank, of which there are so many.</summary>
    private static int[] Present(IReadOnlyList<Connection> given, int[] sizes)
    {
        var present = new int[sizes.Length];
        int rank = 0;
        int end = sizes[0];
        foreach (Connection connection in given)
        {
            while (connection.Row >= end)
            {
                end += sizes[++rank];
            }
            present[rank]++;
        }
        return present;
    }
}

/// <summary>A core's share of a layer.</summary>
/// <param name="First">The first of its output neurons.</param>
/// <param name="Rows">How many of them it has.</param>
/// <param name="Connections">The connections it may hold.</param>
internal readonly record struct LayerShare(int First, int Rows, int Connections);
