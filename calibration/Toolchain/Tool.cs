using System.Diagnostics;

namespace NeuroHal.Calibration.Toolchain;

/// <summary>A program of the host.</summary>
/// <param name="Name">Its file's name.</param>
/// <param name="Package">Debian's package that brings it.</param>
internal sealed record Tool(string Name, string Package)
{
    public static readonly Tool HostCompiler = new("gcc", "gcc");
    public static readonly Tool Compiler = new("arm-none-eabi-gcc", "gcc-arm-none-eabi");
    public static readonly Tool Disassembler = new("arm-none-eabi-objdump", "binutils-arm-none-eabi");
    public static readonly Tool Emulator = new("qemu-system-arm", "qemu-system-arm");

    public static IReadOnlyList<Tool> All => [HostCompiler, Compiler, Disassembler, Emulator];

    private string? Path => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => System.IO.Path.Combine(folder, Name))
        .FirstOrDefault(File.Exists);

    /// <summary>The packages of tools that are not there.</summary>
    public static IReadOnlyList<string> MissingPackages => [.. All.Where(t => t.Path is null).Select(t => t.Package).Distinct()];

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="MissingToolException">It is not installed.</exception>
    /// <exception cref="DeviceFaultException">It failed, or took too long.</exception>
    public string Run(string folder, TimeSpan limit, params IEnumerable<string> arguments)
    {
        string path = Path ?? throw new MissingToolException(Name, Package);
        using var process = Process.Start(new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new DeviceFaultException($"{Name} did not end within {limit.TotalSeconds:0} s.");
        }
        return process.ExitCode == 0
            ? output.Result
            : throw new DeviceFaultException($"{Name} failed: {FirstLines(errors.Result)}");
    }

    // Compilers say first what is wrong and then a good deal about it.
    private static string FirstLines(string text) =>
        string.Join(" | ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l.Contains("rror", StringComparison.Ordinal)).DefaultIfEmpty(text.Trim()).Take(3));
}
