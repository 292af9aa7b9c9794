using System.Security.Cryptography;
using System.Text;

namespace NeuroHal.Sweeps.Planning;

/// <summary>The name of a run: a digest of all that its result depends on.</summary>
public static class RunId
{
    private const int Digits = 12;

    /// <summary>The same for the same settings, in whatever order and wherever they were given.</summary>
    /// <param name="settings">The settings in effect.</param>
    /// <returns>Twelve hexadecimal digits.</returns>
    public static string Of(IEnumerable<KeyValuePair<string, string>> settings)
    {
        // JSON's escapes keep a value with a line end in it from looking like two.
        string text = string.Join('\n', settings
            .Select(s => $"{s.Key.ToUpperInvariant()}={System.Text.Json.JsonSerializer.Serialize(s.Value)}").Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];
    }
}
