using System.Diagnostics;
using System.Reflection;
using NeuroHal.Cli.Tests;

namespace NeuroHal.Sweeps.Tests;

/// <summary>A real Slurm on this machine, of several nodes, that <c>tools/slurm-cluster</c> starts and ends.</summary>
internal sealed class Cluster : IDisposable
{
    private static readonly string[] _needed = ["munged", "slurmctld", "slurmd", "sbatch", "bash"];

    private readonly string _folder = Directory.CreateTempSubdirectory("neurohal-slurm-").FullName;

    private Cluster()
    {
    }

    /// <summary>Why there can be none here; null where there can be one.</summary>
    public static string? Missing
    {
        get
        {
            string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/sbin"];
            string[] missing = [.. _needed.Where(p => !folders.Any(f => File.Exists(Path.Combine(f, p))))];
            return missing.Length == 0 ? null : $"{string.Join(", ", missing)} not installed; Debian's packages slurm-wlm and munge have them.";
        }
    }

    /// <summary>Starts it.</summary>
    public static Cluster Start(int nodes)
    {
        var cluster = new Cluster();
        cluster.Run("bash", Tool, "start", cluster._folder, $"{nodes}", "1");
        return cluster;
    }

    /// <summary>What <c>SLURM_CONF</c> must be for Slurm's commands.</summary>
    public string Configuration => Path.Combine(_folder, "slurm.conf");

    /// <summary>Runs one of Slurm's commands.</summary>
    /// <returns>What it printed.</returns>
    public string Run(string command, params string[] arguments)
    {
        // Into a file: daemons that it leaves behind would hold a pipe open.
        string output = Path.Combine(_folder, "output.txt");
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", output, command, .. arguments]);
        start.Environment["SLURM_CONF"] = Configuration;
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        string said = File.ReadAllText(output);
        Assert.True(process.ExitCode == 0, $"{command} ended with code {process.ExitCode}: {said}");
        return said;
    }

    /// <summary>Sends a signal to all that jobs run on a node: Slurm tells each the node's name.</summary>
    public static void Signal(string node, string signal)
    {
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(folder), out int process)
                    && File.ReadAllText(Path.Combine(folder, "environ")).Split('\0').Contains($"SLURMD_NODENAME={node}"))
                {
                    Neurohal.Signal(process, signal);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile, or is somebody else's.
            }
        }
    }

    public void Dispose()
    {
        Run("bash", Tool, "stop", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    private static string Tool => typeof(Cluster).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SlurmCluster").Value!;
}
