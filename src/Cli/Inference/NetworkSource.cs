using NeuroHal.DeepR.Training;
using NeuroHal.Exchange;
using NeuroHal.Results;

namespace NeuroHal.Cli.Inference;

/// <summary>A trained network, and the run that it is of.</summary>
/// <param name="Path">Where it was read from: a run's folder, or a file.</param>
/// <param name="Network">The network.</param>
/// <param name="Run">The run; null where the network is of none that is known.</param>
internal sealed record NetworkSource(string Path, NetworkSnapshot Network, RunRecord? Run)
{
    /// <summary>Reads the network of a run's folder, of a folder that <c>import</c> made, or of a file.</summary>
    /// <exception cref="BadArgumentException">There is none, or the folder holds several.</exception>
    /// <exception cref="BadDataException">It cannot be read, or is not the one that the run's result speaks of.</exception>
    public static NetworkSource Read(string path)
    {
        string imported = System.IO.Path.Combine(path, RunFiles.Network);
        if (!Directory.Exists(path))
        {
            return File.Exists(path)
                ? new NetworkSource(path, NetworkFile.Read(path), null)
                : throw new BadArgumentException($"'{path}' is neither a run's folder nor a file with a network.");
        }
        if (File.Exists(imported) && !File.Exists(System.IO.Path.Combine(path, RunFiles.Result)))
        {
            return new NetworkSource(path, NetworkFile.Read(imported), null);
        }
        IReadOnlyList<(string Folder, RunRecord Run)> runs = RunDirectory.Read(path);
        if (runs.Count != 1)
        {
            throw new BadArgumentException(
                $"'{path}' holds {runs.Count} runs; name the folder of one: {string.Join(", ", runs.Select(r => r.Folder))}.");
        }
        (string folder, RunRecord run) = runs[0];
        string file = System.IO.Path.Combine(folder, RunFiles.Network);
        if (!File.Exists(file))
        {
            throw new BadArgumentException($"'{folder}' holds no {RunFiles.Network}: its run was made before networks were kept. Train it again.");
        }
        NetworkSnapshot network = NetworkFile.Read(file);
        return network.Sha256 == run.Weights.Sha256
            ? new NetworkSource(path, network, run)
            : throw new BadDataException(
                $"{file}: its weights have the SHA-256 {network.Sha256}, but {RunFiles.Result} is of a run with {PrintableLine.Of(run.Weights.Sha256)}.");
    }
}
