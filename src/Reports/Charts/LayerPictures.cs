using NeuroHal.DeepR.Training;
using NeuroHal.Reports.Drawing;
using NeuroHal.Reports.Page;

namespace NeuroHal.Reports.Charts;

/// <summary>Which connections a layer has, as pictures.</summary>
internal static class LayerPictures
{
    // A finer grid than this shows single connections rather than a density.
    private const int MostCells = 50;
    private const int NeuronsShown = 8;
    private const int NeuronsInRow = 4;
    private const double NeuronSide = 86;
    private const double Width = 380;
    private const int Shades = 4;

    /// <summary>The side of the images a layer reads, where it reads square ones; null where it does not.</summary>
    public static int? ImageSide(LayerSnapshot layer)
    {
        int side = (int)Math.Round(Math.Sqrt(layer.Inputs));
        return side > 1 && side * side == layer.Inputs ? side : null;
    }

    /// <summary>How many connections read each pixel.</summary>
    public static Picture Pixels(IReadOnlyList<(string Name, LayerSnapshot Layer)> states, int side)
    {
        double[,] Count(LayerSnapshot layer)
        {
            var numbers = new double[side, side];
            foreach (Connection connection in layer.Connections)
            {
                numbers[connection.Column / side, connection.Column % side]++;
            }
            return numbers;
        }
        string unread = string.Join("; ", states.Select(s => $"{s.Name}: {Words.Whole(s.Layer.Inputs - s.Layer.Connections.Select(c => c.Column).Distinct().Count())} pixels unread"));
        return HeatMap.Draw($"Connections of the first layer by pixel of the {side} x {side} image; {unread}.", [.. states.Select(s => (s.Name, Count(s.Layer)))], "connections to a pixel");
    }

    /// <summary>Where a layer's connections are, inputs to the right, outputs downwards.</summary>
    public static Picture Density(int number, IReadOnlyList<(string Name, LayerSnapshot Layer)> states)
    {
        LayerSnapshot any = states[0].Layer;
        int rows = Math.Min(MostCells, any.Outputs);
        int columns = Math.Min(MostCells, any.Inputs);
        double[,] Count(LayerSnapshot layer)
        {
            var numbers = new double[rows, columns];
            foreach (Connection connection in layer.Connections)
            {
                numbers[(long)connection.Row * rows / layer.Outputs, (long)connection.Column * columns / layer.Inputs]++;
            }
            return numbers;
        }
        double aspect = Math.Clamp((double)columns / rows, 1, 5) / (rows < columns ? 1 : (double)rows / columns);
        return HeatMap.Draw(
            $"Connections of layer {number}, {any.Inputs} inputs from left to right, {any.Outputs} outputs from top to bottom.",
            [.. states.Select(s => (s.Name, Count(s.Layer)))],
            rows == any.Outputs && columns == any.Inputs ? "connection" : "connections to a cell",
            Math.Min(aspect, 3));
    }

    /// <summary>What the neurons with the strongest connections read, and whether it excites or inhibits them.</summary>
    public static Picture Neurons(LayerSnapshot layer, int side)
    {
        IGrouping<ushort, Connection>[] strongest =
        [
            .. layer.Connections.GroupBy(c => c.Row).OrderByDescending(g => g.Sum(c => Math.Abs((double)c.Theta))).ThenBy(g => g.Key).Take(NeuronsShown),
        ];
        var shapes = new List<Shape>();
        double gap = (Width - (NeuronsInRow * NeuronSide)) / (NeuronsInRow - 1);
        foreach ((int i, IGrouping<ushort, Connection> neuron) in strongest.Index())
        {
            double left = i % NeuronsInRow * (NeuronSide + gap);
            double top = i / NeuronsInRow * (NeuronSide + 24);
            double most = Math.Max(1e-30, neuron.Max(c => Math.Abs((double)c.Theta)));
            shapes.Add(new Box(left, top, NeuronSide, NeuronSide, Ink.Line, 0.35));
            foreach (var shade in neuron.Where(c => c.Theta != 0).GroupBy(c => (c.Negative, Shade: (int)Math.Ceiling(Math.Abs((double)c.Theta) / most * Shades))).OrderBy(g => g.Key))
            {
                shapes.Add(new Cells(
                    left, top, NeuronSide / side, NeuronSide / side, [.. shade.Select(c => (c.Column % side, c.Column / side))],
                    shade.Key.Negative ? Ink.C2 : Ink.C1, 0.25 + (0.75 * Math.Min(shade.Key.Shade, Shades) / Shades)));
            }
            shapes.Add(new Label(left, top + NeuronSide + 12, $"neuron {neuron.Key}", Ink.Muted, Size: 11));
        }
        double bottom = ((strongest.Length + NeuronsInRow - 1) / NeuronsInRow * (NeuronSide + 24)) + 4;
        shapes.Add(new Box(0, bottom, 12, 12, Ink.C1));
        shapes.Add(new Label(18, bottom + 11, "excites", Ink.Muted));
        shapes.Add(new Box(84, bottom, 12, 12, Ink.C2));
        shapes.Add(new Label(102, bottom + 11, "inhibits; the stronger, the fuller", Ink.Muted));
        return new Picture(Width, bottom + 16, $"What the {strongest.Length} neurons of the first layer with the strongest connections read, pixel by pixel.", shapes);
    }
}
