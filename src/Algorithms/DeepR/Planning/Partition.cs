namespace NeuroHal.DeepR.Planning;

/// <summary>
/// Which core holds which output neurons of each layer, with all their incoming connections. Rows are dealt out evenly;
/// those left over go to the cores that have the fewest connections so far.
/// </summary>
internal sealed class Partition
{
    private readonly LayerShare[][] _shares;

    /// <summary>Divides a network over cores.</summary>
    /// <exception cref="BadArgumentException">A layer has fewer outputs or connections than there are cores.</exception>
    public Partition(TrainingOptions options, int cores)
    {
        Cores = cores;
        _shares = new LayerShare[options.Connectivity.Count][];
        var load = new int[cores];
        foreach (int layer in Enumerable.Range(0, _shares.Length).OrderByDescending(options.Connections).ThenBy(i => i))
        {
            _shares[layer] = Deal(options.Layers[layer + 1], options.Connections(layer), load, layer);
            for (int core = 0; core < cores; core++)
            {
                load[core] += _shares[layer][core].Connections;
            }
        }
    }

    public int Cores { get; }

    /// <summary>A core's share of a layer of connections.</summary>
    public LayerShare this[int layer, int core] => _shares[layer][core];

    private LayerShare[] Deal(int rows, int connections, int[] load, int layer)
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
        var shares = new LayerShare[Cores];
        int first = 0;
        int given = 0;
        for (int core = 0; core < Cores; core++)
        {
            // At least one for each core still to come, and in all exactly what the layer may hold.
            int upTo = (int)Math.Round((double)connections * (first + sizes[core]) / rows);
            int own = Math.Clamp(upTo - given, 1, connections - given - (Cores - 1 - core));
            shares[core] = new LayerShare(first, sizes[core], own);
            first += sizes[core];
            given += own;
        }
        return shares;
    }
}

/// <summary>A core's share of a layer.</summary>
/// <param name="First">The first of its output neurons.</param>
/// <param name="Rows">How many of them it has.</param>
/// <param name="Connections">The connections it may hold.</param>
internal readonly record struct LayerShare(int First, int Rows, int Connections);
