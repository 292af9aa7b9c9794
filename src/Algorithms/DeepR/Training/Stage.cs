namespace NeuroHal.DeepR.Training;

/// <summary>A piece of a step between two barriers.</summary>
/// <param name="Kind">What is done in it.</param>
/// <param name="Layer">The layer of connections it is about, from 0.</param>
/// <param name="Exchange">Where that is one of several stages of an exchange, which one.</param>
internal readonly record struct Stage(StageKind Kind, int Layer, int Exchange = 0)
{
    /// <summary>Its name as a superstep; layers and stages of an exchange count from 1.</summary>
    public string Name => Kind switch
    {
        StageKind.Forward => $"forward {Layer + 1}",
        StageKind.Gather => $"gather {Layer + 1}, stage {Exchange + 1}",
        StageKind.Backward => $"backward {Layer + 1}",
        StageKind.Reduce => $"reduce {Layer + 1}, stage {Exchange + 1}",
        StageKind.Spread => $"samples, stage {Exchange + 1}",
        _ => "classify",
    };

    /// <summary>A training step of a network with so many layers of connections, where exchanges take so many stages.</summary>
    public static IReadOnlyList<Stage> Train(int layers, int exchanges)
    {
        List<Stage> stages = Forward(layers, exchanges);
        for (int layer = layers - 1; layer >= Math.Min(1, layers - 1); layer--)
        {
            stages.Add(new(StageKind.Backward, layer));
            for (int exchange = exchanges - 1; layer > 0 && exchange > 0; exchange--)
            {
                stages.Add(new(StageKind.Reduce, layer - 1, exchange));
            }
        }
        return stages;
    }

    /// <summary>An evaluation step.</summary>
    public static IReadOnlyList<Stage> Evaluate(int layers, int exchanges) => [.. Forward(layers, exchanges), new(StageKind.Classify, layers - 1)];

    /// <summary>How the first samples come to all cores, where they do not load them themselves.</summary>
    public static IReadOnlyList<Stage> Samples(int exchanges) => [.. Enumerable.Range(0, exchanges).Select(i => new Stage(StageKind.Spread, 0, i))];

    private static List<Stage> Forward(int layers, int exchanges)
    {
        var stages = new List<Stage>();
        for (int layer = 0; layer < layers; layer++)
        {
            stages.Add(new(StageKind.Forward, layer));
            for (int exchange = 1; exchange < exchanges; exchange++)
            {
                stages.Add(new(StageKind.Gather, layer, exchange));
            }
        }
        return stages;
    }
}

/// <summary>What is done between two barriers.</summary>
internal enum StageKind
{
    /// <summary>A layer's sums and activations, and the first stage of their gather.</summary>
    Forward,

    /// <summary>A further stage of a gather.</summary>
    Gather,

    /// <summary>A layer's errors, what it learns from them, and the first stage of the reduction of the layer's before.</summary>
    Backward,

    /// <summary>The sum of the parts that a stage of a reduction brought, and the next stage.</summary>
    Reduce,

    /// <summary>A stage in which the first samples are spread.</summary>
    Spread,

    /// <summary>Comparing with the labels.</summary>
    Classify,
}
