using NeuroHal.Kernels;

namespace NeuroHal.Conformance.Trials;

/// <summary>A connection of a layer, as the host sees it.</summary>
internal readonly record struct Connection(int Row, int Column, float Theta, bool Negative, float Velocity)
{
    public double Weight => Negative ? -Theta : Theta;
}

/// <summary>A sparse layer on the host: what is put on a core, and what is there afterwards.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Connections">Its connections in their order.</param>
/// <param name="Count">What its count says.</param>
internal sealed record Layer(Shape Shape, IReadOnlyList<Connection> Connections, ConnectionCount Count)
{
    // Stands where no connection is; a kernel that counts it in is far off.
    private static readonly Connection _none = new(0, 0, 1000, true, 1000);

    /// <summary>As many connections as the shape says, each set of positions equally likely.</summary>
    public static Layer Roll(Dice dice, Shape shape)
    {
        var connections = new List<Connection>();
        int positions = shape.Inputs * shape.Outputs;
        for (int position = 0; position < positions; position++)
        {
            if (dice.Between(1, positions - position) <= shape.Connections - connections.Count)
            {
                connections.Add(new Connection(
                    position / shape.Inputs, position % shape.Inputs, dice.Number(), dice.OneIn(2), dice.Number()));
            }
        }
        var count = new ConnectionCount(shape.Connections, dice.Between(shape.Connections, shape.Capacity));
        return new Layer(shape, connections, count);
    }

    /// <summary>Puts it on a core.</summary>
    /// <param name="core">The core.</param>
    /// <param name="velocity">Whether it keeps velocities.</param>
    /// <param name="gradient">The stored gradients, where it keeps them.</param>
    public SparseMatrix Place(Workbench core, bool velocity = false, float[]? gradient = null)
    {
        Connection[] all = [.. Connections, .. Enumerable.Repeat(_none, Shape.Capacity - Connections.Count)];
        var signs = new uint[SparseMatrix.SignWords(all.Length)];
        for (int i = 0; i < all.Length; i++)
        {
            signs[i / 32] |= all[i].Negative ? 1u << (i % 32) : 0;
        }
        return new SparseMatrix
        {
            Inputs = Shape.Inputs,
            Outputs = Shape.Outputs,
            Rows = core.Place<ushort>("rows", [.. all.Select(c => (ushort)c.Row)]),
            Columns = core.Place<ushort>("columns", [.. all.Select(c => (ushort)c.Column)]),
            Theta = core.Place<float>("theta", [.. all.Select(c => c.Theta)]),
            Signs = core.Place("signs", signs),
            Count = core.Place("count", Count),
            Velocity = velocity ? core.Place<float>("velocity", [.. all.Select(c => c.Velocity)]) : default,
            Gradient = gradient is null ? default : core.Place("gradient", gradient),
        };
    }

    /// <summary>What is on a core now; sorted, unique and in range, or the clause is violated.</summary>
    public Layer After(Workbench core, SparseMatrix matrix)
    {
        (ushort[] rows, ushort[] columns) = (core.Read(matrix.Rows), core.Read(matrix.Columns));
        (float[] theta, uint[] signs) = (core.Read(matrix.Theta), core.Read(matrix.Signs));
        float[]? velocity = matrix.Velocity.IsPresent ? core.Read(matrix.Velocity) : null;
        ConnectionCount count = core.Read(matrix.Count)[0];
        Expect.That(count.Now >= 0 && count.Now <= Shape.Capacity, $"count: expected 0 to {Shape.Capacity}, got {count.Now}");
        var connections = new List<Connection>();
        int last = -1;
        for (int i = 0; i < count.Now; i++)
        {
            var next = new Connection(rows[i], columns[i], theta[i], (signs[i / 32] >> (i % 32) & 1) == 1, velocity?[i] ?? 0);
            Expect.That(
                next.Row < Shape.Outputs && next.Column < Shape.Inputs,
                $"connection {i}: expected a position inside the layer, got output {next.Row}, input {next.Column}");
            Expect.That(Position(next) > last, $"connection {i}: expected a position behind {last}, got {Position(next)}");
            last = Position(next);
            connections.Add(next);
        }
        return new Layer(Shape, connections, count);
    }

    /// <summary>Its weights, [outputs, inputs].</summary>
    public double[,] Dense()
    {
        var weights = new double[Shape.Outputs, Shape.Inputs];
        foreach (Connection connection in Connections)
        {
            weights[connection.Row, connection.Column] = connection.Weight;
        }
        return weights;
    }

    /// <summary>A connection's place among all inputs times outputs.</summary>
    public int Position(Connection connection) => (connection.Row * Shape.Inputs) + connection.Column;

    /// <summary>Its connections without their velocities, where it keeps none.</summary>
    public Layer WithoutVelocity() => this with { Connections = [.. Connections.Select(c => c with { Velocity = 0 })] };
}
