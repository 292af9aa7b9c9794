using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using NeuroHal.Calibration.Toolchain;
using NeuroHal.Datasets;
using NeuroHal.Exchange.C;

namespace NeuroHal.Exchange.Tests;

/// <summary>A folder in which a network's code in C is compiled, for the host and for a Cortex-M4F, and run.</summary>
internal sealed class CompiledCode : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(5);
    private static readonly string[] _strict = ["-Wall", "-Wextra", "-Werror"];
    private static readonly string[] _c99 = ["-std=c99", .. _strict];
    private static readonly string[] _board = ["-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard", "-O2", "-ffreestanding"];

    // Not one of the calibration's tools, which need no C++.
    private static readonly Tool _cpp = new("g++", "g++");

    private readonly ScratchFolder _folder = new();

    private CompiledCode()
    {
        string sources = typeof(CompiledCode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Firmware").Value!;
        foreach (string file in Directory.EnumerateFiles(sources))
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        }
    }

    /// <summary>Makes one, or skips the test where there are no compilers.</summary>
    public static CompiledCode OrSkip()
    {
        Assert.SkipWhen(Tool.MissingPackages.Count > 0, $"not installed: {string.Join(", ", Tool.MissingPackages)}");
        return new CompiledCode();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Puts a file there.</summary>
    public void Put(string name, string text) => File.WriteAllText(_folder.File(name), text);

    /// <summary>Puts a network's files there.</summary>
    public void Put(CNetwork code)
    {
        Put($"{code.Name}.h", code.Header);
        Put($"{code.Name}.c", code.Source);
    }

    /// <summary>Compiles a network's source for the host, with every warning there is an error.</summary>
    public void Check(string source) => Tool.HostCompiler.Run(_folder.Path, _limit, [.. _c99, "-Wconversion", "-Wpedantic", "-c", source]);

    /// <summary>Compiles a network's source for the core.</summary>
    /// <returns>The bytes of its sections, by name.</returns>
    public ILookup<string, long> Sections(string source)
    {
        Tool.Compiler.Run(_folder.Path, _limit, [.. _board, .. _c99, "-c", source, "-o", "net.o"]);
        return Tool.Disassembler.Run(_folder.Path, _limit, "-h", "net.o").Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(w => w.Length > 2).ToLookup(w => w[1], w => long.TryParse(w[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long size) ? size : 0);
    }

    /// <summary>Compiles sources for the host and runs them.</summary>
    /// <returns>The exit code.</returns>
    public int RunOnHost(params IEnumerable<string> sources)
    {
        Tool.HostCompiler.Run(_folder.Path, _limit, [.. _c99, "-O2", .. sources, "-o", "host"]);
        return Run();
    }

    /// <summary>Compiles a network as C, and what calls it as C++, and runs it; or skips the test where there is no compiler for C++.</summary>
    /// <returns>The exit code.</returns>
    public int RunFromCpp(string caller)
    {
        Tool.HostCompiler.Run(_folder.Path, _limit, [.. _c99, "-O2", "-c", "net.c", "-o", "net.o"]);
        try
        {
            _cpp.Run(_folder.Path, _limit, ["-std=c++11", .. _strict, "-O2", "-x", "c++", caller, "-x", "none", "net.o", "-o", "host"]);
        }
        catch (MissingToolException)
        {
            Assert.Skip("not installed: g++");
        }
        return Run();
    }

    /// <summary>Compiles sources for the core and runs them on QEMU's board.</summary>
    /// <exception cref="DeviceFaultException">They end with an error.</exception>
    public void RunOnBoard(params IEnumerable<string> sources)
    {
        Tool.Compiler.Run(_folder.Path, _limit, [.. _board, .. _c99, "-nostdlib", "-T", "board.ld", .. sources, "-o", "board.elf"]);
        Tool.Emulator.Run(
            _folder.Path, _limit, "-M", "mps2-an386", "-nographic", "-semihosting-config", "enable=on,target=native", "-kernel", "board.elf");
    }

    /// <summary>Has images be classified by what is run then.</summary>
    public void PutImages(LabeledImages images) => File.WriteAllBytes(_folder.File("images.bin"), images.Pixels.ToArray());

    /// <summary>What was run left of them.</summary>
    public (int[] Classes, float[][] Sums) Results()
    {
        int[][] words = [.. MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(_folder.File("results.bin"))).ToArray().Chunk(11)];
        return ([.. words.Select(w => w[0])], [.. words.Select(w => w[1..].Select(BitConverter.Int32BitsToSingle).ToArray())]);
    }

    private int Run()
    {
        using Process host = Process.Start(new ProcessStartInfo(_folder.File("host")) { WorkingDirectory = _folder.Path })!;
        Assert.True(host.WaitForExit(_limit));
        return host.ExitCode;
    }
}
