using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeuroHal.Hosting;

/// <summary>What a plugin's folder says about it, in <c>neurohal-plugin.json</c>.</summary>
public sealed record PluginManifest
{
    /// <summary>The manifest's file name.</summary>
    public const string FileName = "neurohal-plugin.json";

    private static readonly JsonSerializerOptions _strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    // Five short values; what is longer is another file.
    private const int MostBytes = 1 << 16;

    // It stands in tables and in the names of settings.
    private const int LongestId = 100;

    /// <summary>The id of the backend it brings: up to 100 letters, digits, points, hyphens and underscores, for it is part of names of settings.</summary>
    public required string Id { get; init; }

    /// <summary>The plugin's own version.</summary>
    public required Version Version { get; init; }

    /// <summary>The version of the contract it was built for.</summary>
    public required Version ContractVersion { get; init; }

    /// <summary>The file name of its assembly, in the same folder.</summary>
    public required string EntryAssembly { get; init; }

    /// <summary>The SHA-256 of that file as hex; checked where it is given.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Reads a folder's manifest.</summary>
    /// <exception cref="BadPluginException">It is not a manifest; the message names file and line.</exception>
    public static PluginManifest Read(string folder)
    {
        string file = Path.Combine(folder, FileName);
        try
        {
            PluginManifest manifest = JsonSerializer.Deserialize<PluginManifest>(Text(file), _strict)
                ?? throw new BadPluginException($"{file}: the manifest is empty.");
            if (manifest.Id.Length is 0 or > LongestId || !manifest.Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            {
                throw new BadPluginException($"{file}: id is '{manifest.Id}'; it must be of letters, digits, points, hyphens and underscores, 1 to {LongestId} of them.");
            }
            if (manifest.EntryAssembly.Length == 0 || manifest.EntryAssembly.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0
                || PrintableLine.Of(manifest.EntryAssembly) != manifest.EntryAssembly)
            {
                throw new BadPluginException(
                    $"{file}: entryAssembly is '{manifest.EntryAssembly}'; it must be a file name in the same folder.");
            }
            return manifest;
        }
        catch (JsonException e)
        {
            throw new BadPluginException($"{file}: line {e.LineNumber + 1}: {e.Message.Split(" Path:")[0]}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadPluginException($"{file}: {e.Message}", e);
        }
    }

    private static string Text(string file)
    {
        using FileStream stream = File.OpenRead(file);
        // A pipe has no length; what is longer than it says, as a device that never ends, is cut there.
        var bytes = new byte[stream.CanSeek ? Math.Min(stream.Length, MostBytes) + 1 : MostBytes + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        using var reader = new StreamReader(new MemoryStream(bytes, 0, length));
        return length <= MostBytes
            ? reader.ReadToEnd()
            : throw new BadPluginException($"{file}: more than {MostBytes} bytes; that is no manifest.");
    }
}
