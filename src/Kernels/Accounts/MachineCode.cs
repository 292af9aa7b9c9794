using System.Collections.Frozen;
using System.Globalization;

namespace NeuroHal.Kernels;

/// <summary>
/// What each piece of the kernels' machine code does: the kernels written in C for the Cortex-M4F (calibration/firmware),
/// compiled, and every instruction that was executed counted, in which order, by the core's manual. A kernel's account is
/// how often each piece runs times what it does; <c>calibration/run</c> compares the two, docs/calibration.md has the
/// result. A piece may have fewer operations of a class than another that it adds to: those counts are negative.
/// </summary>
internal static class MachineCode
{
    private static readonly FrozenDictionary<string, WorkCounts> _pieces = Read();

    /// <summary>What a piece of a function does.</summary>
    /// <param name="function">A kernel, and which version of it: <c>sparse-forward pixels 16</c>.</param>
    /// <param name="piece">The piece: <c>call</c> for what is done once, <c>row</c>, <c>product</c>.</param>
    public static WorkCounts Of(string function, string piece) => _pieces[$"{function},{piece}"];

    /// <summary>A piece that not every version of a function has.</summary>
    public static WorkCounts OrNone(string function, string piece) => _pieces.GetValueOrDefault($"{function},{piece}");

    private static FrozenDictionary<string, WorkCounts> Read()
    {
        using Stream stream = typeof(MachineCode).Assembly.GetManifestResourceStream("machine-code.csv")!;
        using var reader = new StreamReader(stream);
        var pieces = new Dictionary<string, WorkCounts>();
        reader.ReadLine(); // the columns' names, in the order of Parse
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            pieces.Add($"{cells[0]},{cells[1]}", Parse(Array.ConvertAll(cells[2..], c => long.Parse(c, CultureInfo.InvariantCulture))));
        }
        return pieces.ToFrozenDictionary();
    }

    private static WorkCounts Parse(long[] counts) => new()
    {
        IntegerAlu = counts[0],
        IntegerDivide = counts[1],
        Load = counts[2],
        PipelinedLoad = counts[3],
        Store = counts[4],
        BranchTaken = counts[5],
        BranchNotTaken = counts[6],
        FloatAdd = counts[7],
        FloatMultiply = counts[8],
        FloatMultiplyAdd = counts[9],
        FloatCompare = counts[10],
        FloatConvert = counts[11],
        FloatDivide = counts[12],
        Exponential = counts[13],
        RandomWord = counts[14],
        Stall = counts[15],
    };
}
