using NeuroHal;

namespace WideMac;

/// <summary>The small processor executes one operation a cycle, whatever it is.</summary>
internal static class ScalarWork
{
    public static long Operations(WorkCounts work) =>
        work.IntegerAlu + work.IntegerDivide + work.Load + work.PipelinedLoad + work.Store + work.BranchTaken + work.BranchNotTaken
        + work.Exponential + work.RandomWord + work.FloatAdd + work.FloatMultiply + work.FloatMultiplyAdd
        + work.FloatCompare + work.FloatConvert + work.FloatDivide + work.FloatSquareRoot;
}
