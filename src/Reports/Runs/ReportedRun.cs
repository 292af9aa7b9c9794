using NeuroHal.DeepR.Training;
using NeuroHal.Exchange;
using NeuroHal.Reports.Timelines;
using NeuroHal.Results;

namespace NeuroHal.Reports.Runs;

/// <summary>A run with all that its folder holds of it.</summary>
internal sealed record ReportedRun
{
    /// <summary>Tells it from the others of the report.</summary>
    public required string Name { get; init; }

    /// <summary>What it came to.</summary>
    public required RunRecord Record { get; init; }

    /// <summary>The network before the first sample; null where it was not kept.</summary>
    public NetworkSnapshot? Before { get; init; }

    /// <summary>The network at the end; null where it was not kept.</summary>
    public NetworkSnapshot? After { get; init; }

    /// <summary>What the device did when; null where it was not kept.</summary>
    public RecordedTimeline? Timeline { get; init; }

    /// <summary>Reads the runs of some folders.</summary>
    /// <exception cref="BadArgumentException">One holds no run.</exception>
    /// <exception cref="BadDataException">Something in one is damaged, or goes not with the rest.</exception>
    public static IReadOnlyList<ReportedRun> Read(IEnumerable<string> folders)
    {
        (string Folder, ReportedRun Run)[] runs = [.. folders.SelectMany(RunDirectory.Read).Select(r => (Path.GetFileName(Path.GetFullPath(r.Folder)), Read(r.Folder, r.Run)))];
        string[] names = Distinct([.. runs.Select(r => r.Run.Name)], i => $"{runs[i].Folder}: {runs[i].Run.Name}");
        names = Distinct(names, i => $"{i + 1}, {names[i]}");
        return [.. runs.Select((run, i) => run.Run with { Name = names[i] })];
    }

    /// <summary>Gives all other names where some have one in common, which begin with what tells them apart: legends are short.</summary>
    private static string[] Distinct(string[] names, Func<int, string> otherwise) =>
        names.Distinct().Count() == names.Length ? names : [.. names.Select((_, i) => otherwise(i))];

    private static ReportedRun Read(string folder, RunRecord record)
    {
        string Of(string file) => Path.Combine(folder, file);
        NetworkSnapshot? before = File.Exists(Of(RunFiles.InitialNetwork)) ? NetworkArchive.Read(Of(RunFiles.InitialNetwork)) : null;
        NetworkSnapshot? after = File.Exists(Of(RunFiles.Network)) ? NetworkArchive.Read(Of(RunFiles.Network)) : null;
        if (after is not null && after.Sha256 != record.Weights.Sha256)
        {
            throw new BadDataException($"{Of(RunFiles.Network)}: It is not the network of {RunFiles.Result} beside it: its SHA-256 is another one.");
        }
        if (before is not null && !Shape(before).SequenceEqual(record.Training.Layers))
        {
            throw new BadDataException($"{Of(RunFiles.InitialNetwork)}: It is not the network of {RunFiles.Result} beside it: its layers are {string.Join('-', Shape(before))}.");
        }
        return new ReportedRun
        {
            Name = $"{record.Backend.Id} ({record.Backend.Profile}), {record.Preset}",
            Record = record,
            Before = before,
            After = after,
            Timeline = File.Exists(Of(RunFiles.Timeline)) ? RecordedTimeline.Read(Of(RunFiles.Timeline)) : null,
        };
    }

    private static IEnumerable<int> Shape(NetworkSnapshot network) => network.Layers.Select(l => l.Outputs).Prepend(network.Layers[0].Inputs);
}
