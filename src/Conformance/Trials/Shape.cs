namespace NeuroHal.Conformance.Trials;

/// <summary>The sizes of a trial.</summary>
/// <param name="Number">Which trial.</param>
/// <param name="Inputs">Inputs of a layer, or pixels.</param>
/// <param name="Outputs">Outputs of a layer, or classes.</param>
/// <param name="Lanes">Samples worked on at once.</param>
/// <param name="Active">How many of the lanes hold a sample.</param>
/// <param name="Connections">Connections there are.</param>
/// <param name="Capacity">Connections there is room for.</param>
internal sealed record Shape(int Number, int Inputs, int Outputs, int Lanes, int Active, int Connections, int Capacity)
{
    private const int MostConnections = 1500;

    private static readonly int[] _lanes = [1, 4, 8, 16, 3, 5, 12, 7, 2, 24, 17];

    /// <summary>One in four is large enough for kernels that work in pieces; some layers have no connection, some all.</summary>
    public static Shape Roll(int number, Dice dice)
    {
        bool large = number % 4 == 3;
        int inputs = large ? dice.Between(60, 150) : dice.Between(1, 30);
        int outputs = large ? dice.Between(10, 40) : dice.Between(1, 20);
        int lanes = _lanes[number % _lanes.Length];
        int positions = inputs * outputs;
        int connections = (number % 12) switch
        {
            5 => 0,
            8 => positions,
            _ => dice.Between(1, Math.Max(1, positions / 3)),
        };
        connections = Math.Min(connections, MostConnections);
        return new Shape(
            number,
            inputs,
            outputs,
            lanes,
            dice.OneIn(2) ? lanes : dice.Between(1, lanes),
            connections,
            Math.Max(1, connections + dice.Between(0, 5)));
    }

    public override string ToString() =>
        $"trial {Number} ({Inputs} inputs, {Outputs} outputs, {Active} of {Lanes} lanes, {Connections} connections, room for {Capacity})";
}
