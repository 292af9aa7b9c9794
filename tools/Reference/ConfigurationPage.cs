using System.Globalization;
using System.Text;
using NeuroHal.DeepR;

namespace NeuroHal.Reference;

/// <summary>Every key of the configuration, and what presets set.</summary>
internal static class ConfigurationPage
{
    public static string Make()
    {
        var page = new StringBuilder("""
            # Configuration

            Made from the code by `dotnet run --project tools/Reference`.

            Every setting has one key, wherever it is given: by an option of its own or `--set KEY=VALUE`, else in the environment
            (`NEUROHAL__TRAINING__EPOCHS=3` for `training:epochs`), else in `neurohal.json` in the working folder or `--config FILE`, where groups are
            objects, else by the preset. [neurohal.schema.json](neurohal.schema.json) is the file's schema, for editors that complete and check. A key that
            does not exist is an error that names it.

            | key | type | meaning |
            |---|---|---|

            """);
        foreach (DescribedKey key in DescribedKey.All)
        {
            string choices = key.Choices is null ? "" : $" One of {string.Join(", ", key.Choices.Select(c => $"`{c}`"))}.";
            page.Append(CultureInfo.InvariantCulture, $"| `{key.Key}` | {key.Type} | {key.Meaning}{choices} |\n");
        }
        page.Append($"\n## What presets set\n\n| setting | {string.Join(" | ", Presets.Names.Select(n => $"`{n}`"))} |\n|---|{string.Concat(Presets.Names.Select(_ => "---|"))}\n");
        TrainingOptions[] presets = [.. Presets.Names.Select(Presets.Get)];
        foreach (DescribedKey key in DescribedKey.All.Where(k => k.Key.StartsWith("training:", StringComparison.Ordinal)))
        {
            page.Append($"| `{key.Key}` | {string.Join(" | ", presets.Select(p => Value(p, key.Key)))} |\n");
        }
        return page.ToString();
    }

    private static string Value(TrainingOptions options, string key)
    {
        object? value = options;
        foreach (string name in key.Split(':').Skip(1))
        {
            value = value?.GetType().GetProperties().Single(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).GetValue(value);
        }
        return value switch
        {
            null => "-",
            IEnumerable<int> sizes => string.Join('-', sizes),
            IEnumerable<double> shares => string.Join(", ", shares.Select(s => s.ToString(CultureInfo.InvariantCulture))),
            Enum choice => choice.ToString().ToLowerInvariant(),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }
}
