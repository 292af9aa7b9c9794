using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Reports;
using NeuroHal.Cli.Settings;
using NeuroHal.Results;

namespace NeuroHal.Cli.Resuming;

/// <summary>What a checkpoint says of its run: what it was asked for and how far it came.</summary>
internal sealed record SavedRun
{
    private static readonly JsonSerializerOptions _format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The program's version.</summary>
    public required string Program { get; init; }

    /// <summary>The backend's id.</summary>
    public required string Backend { get; init; }

    /// <summary>The lanes it ran with, which another backend would choose otherwise.</summary>
    public required int Lanes { get; init; }

    /// <summary>The samples trained on of the epoch begun; 0 between epochs.</summary>
    public required int Sample { get; init; }

    /// <summary>The samples of an epoch.</summary>
    public required int SamplesPerEpoch { get; init; }

    /// <summary>The settings that were given, by key.</summary>
    public required IReadOnlyDictionary<string, string> Configuration { get; init; }

    /// <summary>All that results depend on, by name.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Identity { get; init; }

    /// <summary>The epochs finished.</summary>
    public required IReadOnlyList<EpochResult> Epochs { get; init; }

    /// <summary>How long the run took so far, in seconds.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>From where on the device's counters count, where they do not count from the start.</summary>
    public required CountersSince? CountersSince { get; init; }

    /// <summary>Where it is, in words.</summary>
    public string Position => PositionOf(Epochs.Count, Sample, SamplesPerEpoch);

    /// <summary>A point of a run in words.</summary>
    public static string PositionOf(int epochsDone, int sample, int samplesPerEpoch) => sample > 0
        ? $"epoch {epochsDone + 1}, sample {Figures.Whole(sample)} of {Figures.Whole(samplesPerEpoch)}"
        : $"the end of epoch {epochsDone}";

    /// <summary>What was given when the run began, and over it what is given now.</summary>
    public IConfiguration Below(IConfiguration given)
    {
        bool otherDevice = given[ConfigurationKeys.Backend] is { Length: > 0 } backend && !backend.Equals(Backend, StringComparison.OrdinalIgnoreCase);
        var before = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            [ConfigurationKeys.Backend] = Backend,
        };
        foreach ((string key, string value) in Configuration)
        {
            if (ConfigurationKeys.IsSetting(key) && ConfigurationKeys.IsOfTheRun(key) && !(otherDevice && ConfigurationKeys.IsOfTheDevice(key)))
            {
                before[key] = value;
            }
        }
        before[ConfigurationKeys.Lanes] = $"{Lanes}";
        return new ConfigurationBuilder().AddInMemoryCollection(before).AddConfiguration(given).Build();
    }

    /// <summary>Writes it as a checkpoint's part.</summary>
    public void Write(IBufferWriter<byte> to)
    {
        using var json = new Utf8JsonWriter(to);
        JsonSerializer.Serialize(json, this, _format);
    }

    /// <summary>Reads a checkpoint's part.</summary>
    /// <exception cref="BadDataException">It is not one, or contradicts itself.</exception>
    public static SavedRun Read(ReadOnlyMemory<byte> bytes)
    {
        SavedRun? run;
        try
        {
            run = JsonSerializer.Deserialize<SavedRun>(bytes.Span, _format);
        }
        catch (JsonException e)
        {
            throw new BadDataException($"What the checkpoint says of its run cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        bool sound = run is { Lanes: >= 1, SamplesPerEpoch: >= 1, Sample: >= 0, WallSeconds: >= 0 }
            && run.Sample <= run.SamplesPerEpoch
            && run.Epochs.Index().All(e => e.Item is not null && e.Item.Epoch == e.Index + 1)
            && run.Configuration.Values.All(v => v is not null)
            && run.Identity.All(i => i.Key is not null && i.Value is not null)
            && run.Identity.DistinctBy(i => i.Key).Count() == run.Identity.Count;
        return sound ? run! : throw new BadDataException("What the checkpoint says of its run contradicts itself.");
    }
}
