using System.ComponentModel;
using System.Diagnostics;

namespace NeuroHal.Sweeps.Engines.Slurm;

/// <summary>What a command came to.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it said.</param>
/// <param name="Error">What it said on the error stream.</param>
public sealed record CommandOutcome(int Code, string Output, string Error)
{
    /// <summary>Runs a command of Slurm's.</summary>
    /// <exception cref="BadArgumentException">It is not installed.</exception>
    public static async Task<CommandOutcome> OfAsync(string command, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process started;
        try
        {
            started = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new BadArgumentException(
                $"Slurm's command '{command}' is not here ({e.Message}); submit where it is, or use --engine local (docs/clusters.md).", e);
        }
        using Process process = started;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation), error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return new CommandOutcome(process.ExitCode, await output.ConfigureAwait(false), (await error.ConfigureAwait(false)).Trim());
    }
}

/// <summary>Runs a command and waits for its end.</summary>
/// <param name="command">The program.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="cancellation">Ends the wait.</param>
public delegate Task<CommandOutcome> RunCommand(string command, IReadOnlyList<string> arguments, CancellationToken cancellation);

/// <summary>A command of Slurm's failed.</summary>
/// <param name="message">Which, and what it said.</param>
public sealed class SlurmException(string message) : IOException(message);
