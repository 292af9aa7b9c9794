namespace NeuroHal.Calibration.Toolchain;

/// <summary>How the firmware is compiled.</summary>
/// <param name="Optimisation">The compiler's level, such as <c>O2</c>.</param>
/// <param name="Defines">Names defined for the preprocessor.</param>
internal sealed record Build(string Optimisation, params IReadOnlyList<string> Defines)
{
    /// <summary>Defined where random words come from the core.</summary>
    public const string SoftwareRandomName = "SOFTWARE_RANDOM";

    public static readonly Build Default = new("O2");

    public static readonly Build SoftwareRandom = new("O2", SoftwareRandomName);

    /// <summary>What else the same sources are compiled with.</summary>
    public static IReadOnlyList<string> OtherLevels { get; } = ["O3", "Os"];

    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    // What the code would be compiled with for the chip's core. No contraction, because a multiplication and an addition
    // that the kernels round apart must stay apart; no calls of memset and the like, which are not there.
    private static readonly string[] _machine = ["-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard"];

    private static readonly string[] _language =
    [
        "-std=c17", "-Wall", "-Wextra", "-Werror", "-ffreestanding", "-fno-tree-loop-distribute-patterns",
        "-ffp-contract=off", "-fno-strict-aliasing", "-ffunction-sections",
    ];

    /// <summary>
    /// Whether functions that nothing calls stay in the program. Without them there is no trace of random words: nothing
    /// refers to the section that tells which instructions read them.
    /// </summary>
    public bool KeepsUnused { get; init; } = true;

    public bool HasRandomAccelerator => !Defines.Contains(SoftwareRandomName);

    public override string ToString() => string.Join(' ', new[] { $"-{Optimisation}" }.Concat(Defines.Select(d => $"-D{d}")));

    /// <summary>Compiles and links the firmware.</summary>
    /// <param name="sources">The folder <c>calibration</c> of the repository.</param>
    /// <param name="folder">Where the results go.</param>
    public Firmware Compile(string sources, TemporaryFolder folder)
    {
        string firmware = Path.Combine(sources, "firmware");
        string[] files = [.. Directory.EnumerateFiles(firmware, "*.c").Order(StringComparer.Ordinal)];
        Tool.Compiler.Run(folder.Path, _limit, [.. _machine, $"-{Optimisation}", .. _language, .. Defines.Select(d => $"-D{d}"), "-c", .. files]);
        IEnumerable<string> objects = files.Select(f => folder.File(Path.GetFileNameWithoutExtension(f) + ".o"));
        IEnumerable<string> unused = KeepsUnused ? [] : ["-Wl,--gc-sections"];
        string elf = folder.File("firmware.elf");
        string map = folder.File("firmware.map");
        Tool.Compiler.Run(
            folder.Path,
            _limit,
            [.. _machine, "-nostdlib", "-T", Path.Combine(firmware, "chip.ld"), $"-Wl,-Map={map}", .. unused, .. objects, "-lgcc", "-o", elf]);
        return Firmware.Read(elf, map, _limit);
    }

    /// <summary>Builds QEMU's plugin.</summary>
    public static string CompileTrace(string sources, TemporaryFolder folder)
    {
        string library = folder.File("libtrace.so");
        Tool.HostCompiler.Run(
            folder.Path,
            _limit,
            "-O2", "-fvisibility=hidden", "-shared", "-fPIC", Path.Combine(sources, "trace", "trace.c"), "-o", library);
        return library;
    }
}
