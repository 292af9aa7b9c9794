using NeuroHal.DeepR.Training;
using NeuroHal.Reports.Charts;
using NeuroHal.Reports.Runs;

namespace NeuroHal.Reports.Page;

/// <summary>A network at two moments.</summary>
/// <param name="Name">The run or runs it is of.</param>
/// <param name="Before">Before the first sample; null where it was not kept.</param>
/// <param name="After">Now, or at the end.</param>
/// <param name="AfterName">What the later moment is called.</param>
internal sealed record NetworkPair(string Name, NetworkSnapshot? Before, NetworkSnapshot After, string AfterName = "after training");

/// <summary>Which connections rewiring chose: fields of the first layer, densities of the others, and how many of the first are left.</summary>
internal static class Networks
{
    public static Html Of(IReadOnlyList<NetworkPair> networks, FigureList figures) => networks.Count == 0
        ? Html.Empty
        : Html.Of(
            $"""
            <section id="network"><h2>The network</h2>
            {networks.Select((n, i) => One(n, i + 1, figures))}</section>

            """);

    private static Html One(NetworkPair network, int number, FigureList figures)
    {
        var cards = new List<Html>();
        for (int layer = 0; layer < network.After.Layers.Count; layer++)
        {
            LayerSnapshot after = network.After.Layers[layer];
            List<(string, LayerSnapshot)> states = network.Before is null ? [] : [("before", network.Before.Layers[layer])];
            states.Add((network.AfterName, after));
            string file = $"network{number}-layer{layer + 1}";
            if (layer == 0 && LayerPictures.ImageSide(after) is { } side)
            {
                cards.Add(Card("Receptive fields of the first layer", figures.Figure($"{file}-pixels", LayerPictures.Pixels(states, side), Html.Of(
                    $"Which pixels of the {side} × {side} images the connections read. {Unread(after)}"))));
                if (after.Connections.Count > 0)
                {
                    cards.Add(Card("Single neurons", figures.Figure($"{file}-neurons", LayerPictures.Neurons(after, side), Html.Of(
                        $"What the neurons with the strongest connections read, {network.AfterName}."))));
                }
            }
            else
            {
                cards.Add(Card($"Layer {layer + 1}", figures.Figure(file, LayerPictures.Density(layer + 1, states), Html.Of(
                    $"{after.Inputs} inputs from left to right, {after.Outputs} outputs from top to bottom. {Fan(after)}"))));
            }
        }
        return Html.Of($"<h3>{network.Name}</h3>\n{TurnoverTable(network)}<div class=\"cards\">{cards}</div>\n");
    }

    private static Html Card(string title, Html figure) => Html.Of($"<div class=\"card\"><h4>{title}</h4>{figure}</div>\n");

    private static Html TurnoverTable(NetworkPair network)
    {
        if (network.Before is null)
        {
            return Html.Of($"<p>The network before training was not kept, so it is not known which connections are new.</p>\n");
        }
        IReadOnlyList<Turnover> layers = Turnover.Between(network.Before, network.After);
        var all = new Turnover(0, layers.Sum(l => l.Before), layers.Sum(l => l.After), layers.Sum(l => l.Kept), layers.Sum(l => l.Flipped));
        Html[] Row(string name, Turnover t) =>
            [Tables.Cell(name), Tables.Cell(Words.Whole(t.Before)), Tables.Cell(Words.Whole(t.After)), Tables.Cell(Words.Whole(t.Kept)), Tables.Share(t.KeptShare)];
        return Tables.Of(
            Html.Of($"Turnover: how many of the first connections are there {network.AfterName}. {Words.Whole(all.Flipped)} of the kept have another sign: they went and came back."),
            $"Turnover of connections, {network.Name}",
            ["layer", "before", network.AfterName, "of the first, kept", "share kept"],
            [.. layers.Select(l => Row($"layer {l.Layer}", l)), Row("all", all)]);
    }

    private static string Unread(LayerSnapshot layer)
    {
        int read = layer.Connections.Select(c => c.Column).Distinct().Count();
        return $"{Words.Whole(layer.Inputs - read)} of {Words.Whole(layer.Inputs)} pixels are read by none. {Fan(layer)}";
    }

    private static string Fan(LayerSnapshot layer)
    {
        int[] fans = new int[layer.Outputs];
        foreach (Connection connection in layer.Connections)
        {
            fans[connection.Row]++;
        }
        return $"A neuron has {fans.Min()} to {fans.Max()} connections, {Words.Short((double)layer.Connections.Count / layer.Outputs)} in the mean.";
    }
}
