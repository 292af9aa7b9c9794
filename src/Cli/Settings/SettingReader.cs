using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Configuration;

namespace NeuroHal.Cli.Settings;

/// <summary>Reads single settings; what cannot be read is an error that names key, value and what is legal.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    public string? Text(string key) => configuration[key] is { Length: > 0 } text ? text : null;

    public bool Flag(string key) => Text(key) switch
    {
        null => false,
        { } text when bool.TryParse(text, out bool flag) => flag,
        { } text => throw new BadArgumentException($"{key} is '{text}'; it must be true or false."),
    };

    public T Number<T>(string key, T otherwise) where T : struct, INumber<T>, IMinMaxValue<T> => Number<T>(key) ?? otherwise;

    public T? Number<T>(string key) where T : struct, INumber<T>, IMinMaxValue<T>
    {
        string? text = Text(key);
        return text is null ? null : Parse<T>(key, text);
    }

    /// <summary>Whether a setting has a value, or a list of them.</summary>
    public bool IsGiven(string key) => Text(key) is not null || configuration.GetSection(key).GetChildren().Any();

    /// <summary>A number of things.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="least">The fewest there may be.</param>
    public int? Count(string key, int least = 1) => Text(key) is not { } text ? null
        : Parse<int>(key, text, least) is var count && count >= least ? count
        : throw new BadArgumentException($"{key} is {count}; it must be at least {least}.");

    public T Choice<T>(string key, T otherwise) where T : struct, Enum
    {
        string? text = Text(key);
        if (text is null)
        {
            return otherwise;
        }
        // By name only: Enum.TryParse also takes numbers, and several names with commas between.
        string[] names = Enum.GetNames<T>();
        string[] shown = [.. names.Select(n => n.ToLowerInvariant())];
        return Array.FindIndex(shown, n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at
            ? Enum.Parse<T>(names[at])
            : throw new BadArgumentException($"{key} is '{text}'; it must be one of {string.Join(", ", shown)}.{NearestName.Question(text, shown)}");
    }

    /// <summary>Several numbers: a JSON array, or text with <c>-</c> or <c>,</c> between.</summary>
    public IReadOnlyList<T> Numbers<T>(string key, char separator, IReadOnlyList<T> otherwise) where T : struct, INumber<T>, IMinMaxValue<T>
    {
        IConfigurationSection section = configuration.GetSection(key);
        string[] parts = section.Value is { Length: > 0 } text
            ? text.Split(separator, StringSplitOptions.TrimEntries)
            : [.. section.GetChildren().Select(c => c.Value ?? "")];
        return parts.Length == 0 ? otherwise
            : [.. parts.Select(p => TryParse(p, out T number) ? number : throw new BadArgumentException(
                $"{key}: '{p}' is no number; it must be {(IsWhole<T>() ? "whole numbers" : "numbers")} with '{separator}' between, such as {string.Join(separator, otherwise.Select(n => n.ToString(null, CultureInfo.InvariantCulture)))}."))];
    }

    private static T Parse<T>(string key, string text, T? least = null) where T : struct, INumber<T>, IMinMaxValue<T>
    {
        string range = IsWhole<T>() ? $"whole number from {least ?? T.MinValue} to {T.MaxValue}" : "number, with a point before its decimals";
        return TryParse(text, out T value) ? value : throw new BadArgumentException($"{key} is '{text}'; it must be a {range}.");
    }

    private static bool IsWhole<T>() where T : struct, INumber<T> => T.IsZero(T.One / (T.One + T.One));

    // No thousands separators: 0,05 would be five.
    private static bool TryParse<T>(string text, out T value) where T : struct, INumber<T> =>
        T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
