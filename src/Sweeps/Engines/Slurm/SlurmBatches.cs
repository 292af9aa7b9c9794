using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NeuroHal.Checkpoints;
using NeuroHal.Sweeps.Folders;

namespace NeuroHal.Sweeps.Engines.Slurm;

/// <summary>
/// The job arrays of a sweep: for each a file with the runs of its tasks, line by line, written before it is submitted. A job is found again by its
/// name, which says which folder and which file, so that nothing is lost with the process that submitted it.
/// </summary>
/// <param name="folder">The sweep's folder.</param>
public sealed class SlurmBatches(SweepFolder folder)
{
    private const string Prefix = "batch-";
    private const string Suffix = ".txt";

    private string Folder => Path.Combine(folder.Root, "slurm");

    private string CancelMark => Path.Combine(Folder, "cancelled");

    /// <summary>What a task's own log is called, in Slurm's pattern.</summary>
    public string LogPattern => Path.Combine(Folder, "task-%A_%a.log");

    /// <summary>Whether the sweep was cancelled since it was last submitted.</summary>
    public bool IsCancelled => File.Exists(CancelMark);

    /// <summary>The names of all jobs there ever were.</summary>
    public IReadOnlyList<string> Names => !Directory.Exists(Folder)
        ? []
        : [.. Directory.EnumerateFiles(Folder, $"{Prefix}*{Suffix}").Order(StringComparer.Ordinal).Select(NameOf)];

    /// <summary>Writes down the runs of a new job.</summary>
    /// <returns>The job's name, and the file.</returns>
    public (string Name, string File) Add(IReadOnlyList<string> ids)
    {
        Directory.CreateDirectory(Folder);
        string file = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Names.Count + 1:D4}{Suffix}"));
        DurableFile.Write(file, stream => stream.Write(Encoding.ASCII.GetBytes(string.Join('\n', ids) + '\n')));
        return (NameOf(file), file);
    }

    /// <summary>The run of a task; null where its list has none.</summary>
    public string? RunOf(SlurmTask task)
    {
        string? file = Directory.EnumerateFiles(Folder, $"{Prefix}*{Suffix}").FirstOrDefault(f => NameOf(f) == task.JobName);
        return file is null ? null : RunAt(file, task.Index);
    }

    /// <summary>The run of a line of a list, from 0; null where there is none.</summary>
    public static string? RunAt(string file, int index) => File.ReadLines(file).ElementAtOrDefault(index);

    /// <summary>Writes the script that a task runs.</summary>
    /// <returns>The script, to which the list is an argument.</returns>
    public string WriteScript(ProgramCommand program)
    {
        string[] command = [program.File, .. program.Arguments, ProgramCommand.RunVerb, folder.Root, "--engine", SlurmEngine.Name];
        string script = Path.Combine(Folder, "task.sh");
        // In the script's own place, so that Slurm's signals reach it.
        string text = $"#!/bin/sh\nexec {string.Join(' ', command.Select(Quoted))} --batch \"$1\"\n";
        Directory.CreateDirectory(Folder);
        DurableFile.Write(script, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        return script;
    }

    /// <summary>Leaves word that the sweep is cancelled, for a process that waits for it.</summary>
    public void MarkCancelled()
    {
        Directory.CreateDirectory(Folder);
        DurableFile.Write(CancelMark, stream => stream.Write("\n"u8));
    }

    /// <summary>Takes that back.</summary>
    public void ClearCancelled()
    {
        Directory.CreateDirectory(Folder);
        File.Delete(CancelMark);
    }

    private string NameOf(string file)
    {
        string number = Path.GetFileNameWithoutExtension(file)[Prefix.Length..];
        return $"neurohal-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.Root)))[..10]}-{number}";
    }

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
