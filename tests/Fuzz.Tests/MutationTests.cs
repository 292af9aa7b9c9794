using System.Text;
using System.Text.Json;
using NeuroHal.Fuzz.Mutations;

namespace NeuroHal.Fuzz.Tests;

/// <summary>The generator makes what it says it makes.</summary>
public sealed class MutationTests
{
    private static readonly byte[] _json = """{ "a": 1, "b": [2, { "c": "text" }], "d": null }"""u8.ToArray();

    [Fact]
    public void JSON_is_damaged_in_ways_that_are_JSON_still()
    {
        string[] made = [.. Many(dice => JsonMutator.Mutate(_json, dice, [_json])).Where(IsJson)];
        Assert.True(made.Length > 400, $"{made.Length} of 1000");
        Assert.Contains(made, m => !m.Contains("\"b\"", StringComparison.Ordinal));
        Assert.Contains(made, m => m.Split("\"a\"").Length == 3);
        Assert.Contains(made, m => m.Contains("1e999", StringComparison.Ordinal));
        Assert.Contains(made, m => m.Contains("\\u001b", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(made, m => m.Contains("[[[[[[[[[[", StringComparison.Ordinal));
    }

    [Fact]
    public void JSON_is_damaged_in_ways_that_are_none() =>
        Assert.True(Many(dice => JsonMutator.Mutate(_json, dice, [_json])).Count(m => !IsJson(m)) > 100);

    [Fact]
    public void Bytes_get_longer_shorter_and_other()
    {
        byte[] seed = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
        byte[][] made = [.. Enumerable.Range(0, 1000).Select(i => ByteMutator.Mutate(seed, Dice.Of(1, "bytes", i), [seed]))];
        Assert.Contains(made, m => m.Length > seed.Length);
        Assert.Contains(made, m => m.Length < seed.Length);
        Assert.Contains(made, m => m.Length == seed.Length && m.Zip(seed).Count(p => p.First != p.Second) == 1);
        Assert.Contains(made, m => m.AsSpan().IndexOf("\u007f"u8) >= 0 && m.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xff, 0xff, 0xff]) >= 0);
        Assert.True(made.Count(m => m.AsSpan().SequenceEqual(seed)) < 100);
    }

    [Fact]
    public void Settings_change_in_value_and_in_name()
    {
        byte[] seed = "a:b=1"u8.ToArray();
        string[] made = Many(dice => SettingMutator.Mutate(seed, dice, [seed]));
        Assert.Contains("a:b=NaN", made);
        Assert.Contains(made, m => m.EndsWith("=1", StringComparison.Ordinal) && !m.StartsWith("a:b", StringComparison.Ordinal));
        Assert.Contains(made, m => m.Contains(SettingMutator.Separator, StringComparison.Ordinal));
    }

    private static string[] Many(Func<Dice, byte[]> make) =>
        [.. Enumerable.Range(0, 1000).Select(i => Encoding.UTF8.GetString(make(Dice.Of(1, "many", i))))];

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 }).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
