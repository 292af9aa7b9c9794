using NeuroHal.Datasets.Idx;

namespace NeuroHal.Datasets.Sources;

/// <summary>How far a download is.</summary>
/// <param name="File">The file being fetched.</param>
/// <param name="Received">Its bytes so far.</param>
/// <param name="Total">All its bytes; null where the mirror does not say.</param>
public sealed record DownloadProgress(string File, long Received, long? Total);

/// <summary>
/// Fetches a set into the cache. A file appears under its name only when it is whole and verified, so a kill at any
/// moment leaves nothing broken. Whoever fetches the same set at the same time, in this process or in another, fetches for
/// itself; the last one's files stay, which are the same.
/// </summary>
internal static class Download
{
    public static async Task FetchAsync(
        KnownSet set, DatasetEnvironment environment, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        using var client = new HttpClient(environment.Network!, disposeHandler: false);
        string folder = Path.Combine(environment.Cache, set.Name);
        Directory.CreateDirectory(folder);
        for (int i = 0; i < KnownSet.Files.Count; i++)
        {
            string target = Path.Combine(folder, KnownSet.Files[i] + ".gz");
            if (!File.Exists(target))
            {
                await FetchFileAsync(client, set, i, target, environment, progress, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static async Task FetchFileAsync(
        HttpClient client, KnownSet set, int file, string target, DatasetEnvironment environment,
        IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        string name = Path.GetFileName(target);
        // A process's number will not do: several may fetch in one process, and containers that share a cache count for themselves.
        string partial = $"{target}.{Path.GetRandomFileName()}.part";
        var failures = new List<string>();
        foreach (Uri mirror in set.Mirrors)
        {
            try
            {
                await ReceiveAsync(client, new Uri(mirror, name), partial, environment, progress, cancellation).ConfigureAwait(false);
                Verify(partial, file, set.Checksum(file));
                File.Move(partial, target, overwrite: true);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or BadDataException
                || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                string what = e is OperationCanceledException ? "no answer" : e.Message;
                failures.Add($"{mirror.Host}: {what.Replace(partial, "what it sent", StringComparison.Ordinal)}");
            }
            finally
            {
                File.Delete(partial);
            }
        }
        throw new BadDataException($"{set.Name}: {name} could not be downloaded ({string.Join("; ", failures)}).");
    }

    private static async Task ReceiveAsync(
        HttpClient client, Uri address, string partial, DatasetEnvironment environment,
        IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        using var answer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        answer.CancelAfter(environment.ConnectTimeout);
        using HttpResponseMessage response = await client
            .GetAsync(address, HttpCompletionOption.ResponseHeadersRead, answer.Token).ConfigureAwait(false);
        answer.CancelAfter(environment.SilenceTimeout);
        response.EnsureSuccessStatusCode();
        long? total = response.Content.Headers.ContentLength;
        Stream from = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (from.ConfigureAwait(false))
        {
            FileStream to = File.Create(partial);
            await using (to.ConfigureAwait(false))
            {
                var chunk = new byte[1 << 16];
                for (int read; (read = await from.ReadAsync(chunk, answer.Token).ConfigureAwait(false)) > 0;)
                {
                    answer.CancelAfter(environment.SilenceTimeout); // from now on: the whole may take as long as it takes
                    if (to.Length + read > IdxFile.MostBytes)
                    {
                        throw new BadDataException($"more than {IdxFile.MostBytes} bytes; that is no file of this family");
                    }
                    await to.WriteAsync(chunk.AsMemory(0, read), cancellation).ConfigureAwait(false);
                    progress?.Report(new DownloadProgress(Path.GetFileName(address.LocalPath), to.Length, total));
                }
                to.Flush(flushToDisk: true);
            }
        }
    }

    private static void Verify(string partial, int file, string? sha256)
    {
        if (file % 2 == 0)
        {
            IdxFile.ReadImages(partial, sha256);
        }
        else
        {
            IdxFile.ReadLabels(partial, KnownSet.Classes, sha256);
        }
    }
}
