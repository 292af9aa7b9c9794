using System.Runtime.InteropServices;

namespace NeuroHal.Calibration.Cases;

/// <summary>What the harness reads and writes: see harness.c.</summary>
internal static class CaseFiles
{
    public static void Write(string file, IEnumerable<KernelRun> runs)
    {
        using FileStream stream = File.Create(file);
        foreach (KernelRun run in runs)
        {
            var arguments = new uint[FirmwareCall.Room];
            run.Call.Arguments.ToArray().CopyTo(arguments, 0);
            uint[] header = [(uint)run.Call.Kernel, (uint)run.RandomWords.Count, (uint)run.Before.Length, .. arguments];
            stream.Write(MemoryMarshal.AsBytes(header.AsSpan()));
            stream.Write(MemoryMarshal.AsBytes(run.RandomWords.ToArray().AsSpan()));
            stream.Write(run.Before);
        }
    }

    /// <returns>For each run, the random words that were taken and SRAM afterwards.</returns>
    public static IReadOnlyList<(uint Taken, byte[] Sram)> Read(string file, IReadOnlyList<KernelRun> runs)
    {
        using FileStream stream = File.OpenRead(file);
        var results = new List<(uint, byte[])>();
        var taken = new byte[sizeof(uint)];
        foreach (KernelRun run in runs)
        {
            var sram = new byte[run.Before.Length];
            if (stream.ReadAtLeast(taken, taken.Length, false) < taken.Length || stream.ReadAtLeast(sram, sram.Length, false) < sram.Length)
            {
                throw new DeviceFaultException($"The firmware ended after {results.Count} of {runs.Count} cases.");
            }
            results.Add((BitConverter.ToUInt32(taken), sram));
        }
        return results;
    }
}
