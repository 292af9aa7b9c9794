using System.Runtime.InteropServices;

namespace NeuroHal;

/// <summary>
/// Asks the system for large pages under memory that is read all over: finding a small page costs about as much as fetching a cache
/// line. Linux gives them to who asks (<c>madvise</c>, where <c>transparent_hugepage</c> is <c>madvise</c>); elsewhere nothing is asked.
/// </summary>
internal static partial class LargePages
{
    private const int WorthIt = 8 << 20;
    private const int HugePages = 14; // MADV_HUGEPAGE
    private const nuint SmallPage = 4096;

    /// <summary>Asks for them; whether they are given is seen in nothing but time.</summary>
    /// <param name="memory">Not used yet: pages that are there already stay as they are.</param>
    public static unsafe void AskFor(byte[] memory)
    {
        if (!OperatingSystem.IsLinux() || memory.Length < WorthIt)
        {
            return;
        }
        fixed (byte* begin = memory)
        {
            nuint first = ((nuint)begin + SmallPage - 1) & ~(SmallPage - 1);
            _ = Advise(first, ((nuint)begin + (nuint)memory.Length - first) & ~(SmallPage - 1), HugePages);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nuint address, nuint length, int advice);
}
