using System.Globalization;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Exchange;

/// <summary>What an exported file says of its network, by name. Nothing of when and where it was written: the same network is the same file.</summary>
public static class NetworkDescription
{
    /// <summary>Describes a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="more">What is known of where it came from, by name.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(NetworkSnapshot network, params IEnumerable<KeyValuePair<string, string>> more) =>
    [
        new("neurohal.format", "1"),
        new("neurohal.layers", string.Join('-', network.Sizes)),
        new("neurohal.connections", network.Connections.ToString(CultureInfo.InvariantCulture)),
        new("neurohal.sha256", network.Sha256),
        new("neurohal.input", "8-bit pixels, 0 to 255, rows from the top; the first layer's sums are divided by 255"),
        .. more.Select(m => new KeyValuePair<string, string>($"neurohal.{m.Key}", m.Value)),
    ];
}
