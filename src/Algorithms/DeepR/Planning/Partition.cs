using NeuroHal.DeepR.Training;

namespace NeuroHal.DeepR.Planning;

/// <summary>
/// Which core holds which output neurons of each layer, with all their incoming connections. Rows are dealt out evenly;
/// those left over go to the cores that have the fewest connections so far. What a layer may hold is dealt out by rows too; where
/// a network is given, each core may hold what that puts there, and its part of what the network leaves of the budget.
/// </summary>
internal sealed class Partition
{
    private readonly LayerShare[][] _shares;

    /// <summary>Divides a network over cores.</summary>
    /// <param name="options">The network's layers and how many connections they may hold.</param>
    /// <param name="cores">The cores.</param>
    /// <param name="initial">The network to begin with, which goes with the options; null where connections are drawn.</param>
    /// <exception cref="BadArgumentException">A layer has fewer outputs or connections than there are cores, or a given network has them at too few outputs.</exception>
    public Partition(TrainingOptions options, int cores, NetworkSnapshot? initial = null)
    {
        Cores = cores;
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
    }

    public int Cores { get; }

    /// <summary>A core's share of a layer of connections.</summary>
    public LayerShare this[int layer, int core] => _shares[layer][core];

    private LayerShare[] Deal(int rows, int connections, int[] load, int layer, IReadOnlyList<Connection> given)
    {
        if (rows < Cores || connections < Cores)
        {
            throw new BadArgumentException(
                $"Layer {layer + 1} has {rows} outputs and {connections} connections; it cannot be divided over {Cores} cores.");
        }
        var sizes = new int[Cores];
        Array.Fill(sizes, rows / Cores);
        foreach (int core in Enumerable.Range(0, Cores).OrderBy(c => load[c]).ThenBy(c => c).Take(rows % Cores))
        {
            sizes[core]++;
        }
        int[] present = Present(given, sizes);
        int reserved = present.Sum(n => Math.Max(1, n));
        if (reserved > connections)
        {
            throw new BadArgumentException(
                $"Layer {layer + 1} of the given network has all its {given.Count} connections at a few outputs; it cannot be divided over {Cores} cores.");
        }
        var shares = new LayerShare[Cores];
        int first = 0;
        int dealt = 0;
        int passed = 0;
        for (int core = 0; core < Cores; core++)
        {
            // At least one for each core still to come, and in all exactly what the layer may hold.
            int least = Math.Max(1, present[core]);
            reserved -= least;
            passed += present[core];
            int upTo = passed + (int)Math.Round((double)(connections - given.Count) * (first + sizes[core]) / rows);
            int own = Math.Clamp(upTo - dealt, least, connections - dealt - reserved);
            shares[core] = new LayerShare(first, sizes[core], own);
            first += sizes[core];
            dealt += own;
        }
        return shares;
    }

    /// <summary>How many of a layer's connections, sorted by row, are at each core's rows.</summary>
    private static int[] Present(IReadOnlyList<Connection> given, int[] sizes)
    {
        var present = new int[sizes.Length];
        int core = 0;
        int end = sizes[0];
        foreach (Connection connection in given)
        {
            while (connection.Row >= end)
            {
                end += sizes[++core];
            }
            present[core]++;
        }
        return present;
    }
}

/// <summary>A core's share of a layer.</summary>
/// <param name="First">The first of its output neurons.</param>
/// <param name="Rows">How many of them it has.</param>
/// <param name="Connections">The connections it may hold.</param>
internal readonly record struct LayerShare(int First, int Rows, int Connections);
