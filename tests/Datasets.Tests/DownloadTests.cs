using System.IO.Pipes;
using System.Net;
using NeuroHal.Datasets.Sources;

namespace NeuroHal.Datasets.Tests;

/// <summary>Downloads against mirrors that answer in every way there is.</summary>
public sealed class DownloadTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_download_is_kept_in_the_cache_and_not_repeated()
    {
        var mirror = new Mirror(SetFile);
        Dataset first = await Catalog(mirror).LoadAsync("kmnist", cancellation: Cancellation);
        Assert.Equal(4, mirror.Requests.Count);
        Dataset second = await Catalog(mirror).LoadAsync("kmnist", cancellation: Cancellation);
        Assert.Equal(4, mirror.Requests.Count);
        Assert.Equal(first.Sha256, second.Sha256);
        Assert.Equal(_folder["kmnist"], second.Origin);
    }

    [Fact]
    public async Task Progress_reaches_the_size_of_each_file()
    {
        var last = new Dictionary<string, DownloadProgress>();
        await Catalog(new Mirror(SetFile)).FetchAsync("kmnist", new Report(p => last[p.File] = p), Cancellation);
        Assert.Equal(4, last.Count);
        Assert.All(last.Values, p => Assert.Equal(p.Total, p.Received));
    }

    [Fact]
    public async Task Where_one_mirror_fails_the_next_is_asked()
    {
        // No mirror has a set with MNIST's checksums here: both are asked, and both are named.
        var mirror = new Mirror(request => request.RequestUri!.Host.StartsWith("ossci", StringComparison.Ordinal)
            ? new HttpResponseMessage(HttpStatusCode.NotFound)
            : SetFile(request));
        BadDataException e = await Assert.ThrowsAsync<BadDataException>(() => Catalog(mirror).LoadAsync("mnist", cancellation: Cancellation));
        Assert.Contains("ossci-datasets", e.Message, StringComparison.Ordinal);
        Assert.Contains("404", e.Message, StringComparison.Ordinal);
        Assert.Contains("storage.googleapis.com: what it sent: SHA-256 of its content", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("silent")]
    [InlineData("not gzip")]
    [InlineData("cut")]
    public async Task A_mirror_that_fails_leaves_nothing_behind(string how)
    {
        var mirror = new Mirror(request => how switch
        {
            "refused" => throw new HttpRequestException("refused"),
            "silent" => throw new TaskCanceledException(),
            "not gzip" => new HttpResponseMessage { Content = new StringContent("<html>log in here</html>") },
            _ => new HttpResponseMessage { Content = new ByteArrayContent(IdxFiles.Gzip(IdxFiles.Images(9))[..30]) },
        });
        await Assert.ThrowsAsync<BadDataException>(() => Catalog(mirror).LoadAsync("kmnist", cancellation: Cancellation));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_mirror_that_does_not_stop_is_left()
    {
        var mirror = new Mirror(_ => new HttpResponseMessage { Content = new ByteArrayContent(new byte[Idx.IdxFile.MostBytes + 1]) });
        BadDataException e = await Assert.ThrowsAsync<BadDataException>(() => Catalog(mirror).LoadAsync("kmnist", cancellation: Cancellation));
        Assert.Contains("more than 67108864 bytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mirror_that_falls_silent_is_left()
    {
        using var silent = new AnonymousPipeServerStream(PipeDirection.Out);
        var mirror = new Mirror(_ => new HttpResponseMessage { Content = new StreamContent(new AnonymousPipeClientStream(PipeDirection.In, silent.ClientSafePipeHandle)) });
        var catalog = new DatasetCatalog(new DatasetEnvironment { Cache = _folder.Path, Network = mirror, SilenceTimeout = TimeSpan.FromMilliseconds(50) });
        BadDataException e = await Assert.ThrowsAsync<BadDataException>(() => catalog.LoadAsync("kmnist", cancellation: Cancellation));
        Assert.Contains("no answer", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_interrupted_download_goes_on_with_the_files_that_are_missing()
    {
        using var interrupt = new CancellationTokenSource();
        var mirror = new Mirror(request =>
        {
            if (request.RequestUri!.AbsolutePath.Contains("t10k", StringComparison.Ordinal))
            {
                interrupt.Cancel();
            }
            return SetFile(request);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Catalog(mirror).FetchAsync("kmnist", cancellation: interrupt.Token));
        Assert.Equal(2, Directory.GetFiles(_folder["kmnist"]).Length);
        var again = new Mirror(SetFile);
        await Catalog(again).FetchAsync("kmnist", cancellation: Cancellation);
        Assert.Equal(2, again.Requests.Count);
    }

    [Fact]
    public async Task Two_downloads_of_one_set_at_the_same_time_both_end_with_the_whole_set()
    {
        // Neither gets an answer before both have asked, so each file is being received twice at once.
        using var both = new Barrier(2);
        HttpResponseMessage Answer(HttpRequestMessage request)
        {
            Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30), Cancellation));
            return SetFile(request);
        }

        Task<Dataset>[] loads =
        [
            .. Enumerable.Range(0, 2).Select(_ => Task.Run(() => Catalog(new Mirror(Answer)).LoadAsync("kmnist", cancellation: Cancellation), Cancellation)),
        ];
        Dataset[] sets = await Task.WhenAll(loads);
        Assert.Equal(sets[0].Sha256, sets[1].Sha256);
        Assert.Equal(4, Directory.GetFiles(_folder["kmnist"]).Length);
    }

    private static HttpResponseMessage SetFile(HttpRequestMessage request)
    {
        string name = Path.GetFileName(request.RequestUri!.LocalPath);
        byte[] content = name.Contains("images", StringComparison.Ordinal) ? IdxFiles.Images(2) : IdxFiles.Labels(3, 4);
        return new HttpResponseMessage { Content = new ByteArrayContent(IdxFiles.Gzip(content)) };
    }

    private DatasetCatalog Catalog(HttpMessageHandler network) =>
        new(new DatasetEnvironment { Cache = _folder.Path, Network = network });

    private sealed class Mirror(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<Uri> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request.RequestUri!);
            HttpResponseMessage response = answer(request);
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(response);
        }
    }

    private sealed class Report(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        void IProgress<DownloadProgress>.Report(DownloadProgress value) => report(value);
    }
}
