using System.Text.Json;
using System.Text.Json.Serialization;
using NeuroHal.DeepR.Metrics;

namespace NeuroHal.Results;

/// <summary>Results as JSON: names in camel case, enumerations as words, indented.</summary>
public static class ResultJson
{
    // The base library's words; it has no others than these to tell such errors apart by.
    private const string IsNone = "The JSON value could not be converted to ";
    private const string Lacks = "missing required properties including: ";

    private static readonly JsonSerializerOptions _format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Writes one document.</summary>
    public static void Write<T>(Stream stream, T result) => JsonSerializer.Serialize(stream, result, _format);

    /// <summary>One document as text.</summary>
    public static string Text<T>(T result) => JsonSerializer.Serialize(result, _format);

    /// <summary>Reads the result of one run.</summary>
    /// <exception cref="BadDataException">It is no such result, of a later schema, or contradicts itself.</exception>
    public static RunRecord ReadRun(ReadOnlySpan<byte> json)
    {
        RunRecord run = Read<RunRecord>(json);
        RequireSound(run);
        return run;
    }

    /// <summary>Reads the results of one run or of several.</summary>
    /// <exception cref="BadDataException">It is neither, of a later schema, or contradicts itself.</exception>
    public static IReadOnlyList<RunRecord> ReadRuns(ReadOnlySpan<byte> json)
    {
        if (!Read<Outline>(json).Runs.HasValue)
        {
            return [ReadRun(json)];
        }
        ComparisonRecord several = Read<ComparisonRecord>(json);
        RequireVersion(several.SchemaVersion);
        if (several.Runs.Any(r => r is null))
        {
            throw Contradiction("a run is missing");
        }
        foreach (RunRecord run in several.Runs)
        {
            RequireSound(run);
        }
        return several.Runs;
    }

    private static T Read<T>(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, _format) ?? throw new BadDataException("This is no result of a run: it is null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new BadDataException($"This is no result of a run: {Reason(e)}", e);
        }
    }

    /// <summary>What is wrong, without the names that types have in this program.</summary>
    private static string Reason(Exception error) => error switch
    {
        JsonException { Path: { } path, LineNumber: { } line } when error.Message.StartsWith(IsNone, StringComparison.Ordinal) =>
            $"line {line + 1}: {(path == "$" ? "what is there" : PrintableLine.Of(path))} is not what it is to be",
        JsonException e when e.Message.IndexOf(Lacks, StringComparison.Ordinal) is >= 0 and var at =>
            $"it lacks {e.Message[(at + Lacks.Length)..].Split(". Path")[0].ReplaceLineEndings(" ").TrimEnd('.')}",
        _ => error.Message.ReplaceLineEndings(" "),
    };

    private static void RequireVersion(int version)
    {
        if (version is < 1 or > RunRecord.CurrentSchema)
        {
            throw new BadDataException($"The result has version {version} of the schema, this program reads 1 to {RunRecord.CurrentSchema}.");
        }
    }

    /// <summary>Makes sure of what readers take for granted.</summary>
    private static void RequireSound(RunRecord run)
    {
        RequireVersion(run.SchemaVersion);
        try
        {
            run.Training.Validate();
        }
        catch (BadArgumentException e)
        {
            throw new BadDataException($"The result contradicts itself: {e.Message}", e);
        }
        string folder = RunDirectory.FolderOf(run);
        Require(folder == Path.GetFileName(folder) && !folder.Contains('\\', StringComparison.Ordinal), "a backend or preset has a name that is no name");
        Require(run.Device is null || IsSound(run.Device), "a setting of its device is there twice, or has no value");
        Require(run.Accuracy.Curve.Index().All(e => e.Item is not null && e.Item.Epoch == e.Index + 1), "its epochs do not follow each other");
        Require(run.Accuracy.Test is >= 0 and <= 1, "an accuracy is not between 0 and 1");
        Require(run.Memory.Cores.Count > 0 && run.Memory.Cores.All(c => c is { UsedBytes: >= 0 } && (c.CapacityBytes ?? 0) >= 0), "a core's memory is less than nothing");
        Require(run.Memory.Cores.All(c => c.Breakdown.All(r => r is { Bytes: >= 0, Name: not null })), "a piece of memory is less than nothing");
        Require(run.Time.Cores.All(c => c is not null), "a core has no times");
        Require(run.Metrics is null || IsSound(run.Metrics), "its metrics are not of any network");
        Require(run.Kernels?.All(k => k is { Name: not null }) ?? true, "a kernel has no name");
        Require(run.Faults?.Counts.All(c => c is { Kind: not null }) ?? true, "a fault has no kind");
    }

    private static bool IsSound(DeviceSettings device) =>
        device.Backend.Values.All(v => v is not null) && device.Backend.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() == device.Backend.Count;

    private static bool IsSound(NetworkMetrics metrics) =>
        metrics is { Samples: >= 1, Footprint: >= 0, DenseFootprint: >= 0, ConnectionSparsity: >= 0 and <= 1, ActivationSparsity: null or (>= 0 and <= 1) }
        && metrics.ActivationSparsityByLayer.All(s => s is >= 0 and <= 1)
        && metrics.SynapticOperations is { EffectiveMacs: >= 0, EffectiveAcs: >= 0, Dense: >= 0 };

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Contradiction(otherwise);
        }
    }

    private static BadDataException Contradiction(string what) => new($"The result contradicts itself: {what}.");

    private sealed record Outline(JsonElement? Runs = null);
}
