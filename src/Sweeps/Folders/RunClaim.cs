using NeuroHal.Checkpoints;

namespace NeuroHal.Sweeps.Folders;

/// <summary>Takes a run for one process, so that nobody else works on it meanwhile.</summary>
public static class RunClaim
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Takes it, and waits a while where it is held: who only looks holds it for a moment, and a process that was told to end may still be
    /// saving.
    /// </summary>
    /// <returns>Held until it is given back; null where somebody else has it to the end of the wait.</returns>
    /// <exception cref="BadArgumentException">The folder cannot be written.</exception>
    public static async Task<RunLock?> TakeAsync(SweepFolder folder, string id, TimeSpan wait, TimeProvider time, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return RunLock.Take(folder.WorkFolder(id));
            }
            catch (BadArgumentException e) when (e.InnerException is IOException and not DirectoryNotFoundException)
            {
                if (time.GetElapsedTime(start) > wait)
                {
                    if (RunLock.IsHeld(folder.WorkFolder(id)))
                    {
                        return null;
                    }
                    throw;
                }
            }
            await Task.Delay(_pause, time, cancellation).ConfigureAwait(false);
        }
    }
}
