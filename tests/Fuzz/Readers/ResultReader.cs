using System.Text;
using NeuroHal.Fuzz.Mutations;
using NeuroHal.Results;
using NeuroHal.Results.Tests;

namespace NeuroHal.Fuzz.Readers;

/// <summary>A <c>result.json</c>, of one run or several.</summary>
internal sealed class ResultReader : FuzzedReader
{
    public ResultReader(string folder)
    {
        _ = folder;
        RunRecord run = SampleRun.Whole;
        Seeds =
        [
            Encoding.UTF8.GetBytes(ResultJson.Text(run)),
            Encoding.UTF8.GetBytes(ResultJson.Text(new ComparisonRecord(RunRecord.CurrentSchema, "compare", [run, run with { Preset = "paper", Energy = null }]))),
        ];
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override IEnumerable<string> Read(byte[] input) => ResultJson.ReadRuns(input).Select(RunDirectory.FolderOf).Select(f => $"folder {PrintableLine.Of(f)}");

    protected override byte[] Mutate(byte[] input, Dice dice) => JsonMutator.Mutate(input, dice, Seeds);
}
