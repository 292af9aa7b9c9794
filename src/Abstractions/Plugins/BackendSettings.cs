using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace NeuroHal;

/// <summary>
/// Looks at a backend's own section of the configuration before it is bound, so that what is wrong there is said as everywhere else:
/// which key, what is in it, what may be.
/// </summary>
public static class BackendSettings
{
    /// <summary>Makes sure that a section has no other keys than an options type has properties, and that their values are of its types.</summary>
    /// <typeparam name="T">The options, with a public property for each setting; the key <c>sramPerCore</c> is <c>SramPerCore</c>.</typeparam>
    /// <param name="section">The section <c>backends:ID</c>, as the plugin is given it.</param>
    /// <param name="backend">The backend's id.</param>
    /// <exception cref="BadArgumentException">A key is unknown, or its value cannot be read; the message names both, and what there is.</exception>
    public static void Require<T>(IConfiguration section, string backend)
    {
        PropertyInfo[] properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        string[] names = [.. properties.Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))];
        foreach (IConfigurationSection setting in section.GetChildren())
        {
            int at = Array.FindIndex(names, n => n.Equals(setting.Key, StringComparison.OrdinalIgnoreCase));
            if (at < 0)
            {
                throw new BadArgumentException(
                    $"unknown setting 'backends:{backend}:{setting.Key}'; {backend} has {string.Join(", ", names)}.{NearestName.Question(setting.Key, names)}");
            }
            if (setting.Value is { } value && !CanBe(value, properties[at].PropertyType, out string what))
            {
                throw new BadArgumentException($"backends:{backend}:{names[at]} is '{value}'; it must be {what}.");
            }
        }
    }

    private static bool CanBe(string value, Type type, out string what)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        what = plain switch
        {
            _ when plain == typeof(bool) => "true or false",
            _ when plain == typeof(int) || plain == typeof(long) => "a whole number",
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(plain).Select(JsonNamingPolicy.CamelCase.ConvertName))}",
            _ => $"a {plain.Name}",
        };
        try
        {
            // As the binder converts it; an empty value is none where there may be none.
            return (value.Length == 0 && plain != type) || TypeDescriptor.GetConverter(plain) is not { } converter
                || !converter.CanConvertFrom(typeof(string)) || converter.ConvertFromInvariantString(value) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException or InvalidCastException)
        {
            return false;
        }
    }
}
