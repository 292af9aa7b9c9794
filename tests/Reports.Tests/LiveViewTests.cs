using System.Net;
using Microsoft.Playwright;
using NeuroHal.DeepR.Training;
using NeuroHal.LiveView;
using NeuroHal.Reports.Page;
using NeuroHal.Results;

namespace NeuroHal.Reports.Tests;

public sealed class LiveViewTests(Browser browser)
{
    private static readonly LiveContent _content = new(LivePage.Frame(), LivePage.Policy, LivePage.ScriptName, LivePage.Script);

    [Theory]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    public async Task The_page_changes_as_training_goes_and_tells_of_its_end(int width, bool dark)
    {
        await using Window window = await browser.OpenAsync(width, 844, dark);
        LiveServer server = await LiveServer.StartAsync(_content, IPAddress.Loopback, 0);
        await using (server)
        {
            server.Show(() => LivePage.Main(View(1)));
            await window.Page.GotoAsync(server.Address.AbsoluteUri);
            await Shows(window, "of 4, seed 3", "30.00 %", "45.00 %");
            await window.RequireSoundAsync();
            Assert.Equal(1, await window.Page.Locator("svg[aria-label^='Accuracy']").CountAsync());
            await window.Page.Locator("summary").First.ClickAsync();
            server.Show(() => LivePage.Main(View(2)));
            await Shows(window, "35.00 %");
            Assert.True(await window.Page.Locator("details").First.EvaluateAsync<bool>("d => d.open"), "what was opened is closed again");
            server.End("The run is complete.");
        }
        await Shows(window, "The run is complete.");
        await window.RequireSoundAsync();
    }

    [Fact]
    public async Task Who_does_not_know_the_token_is_refused()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using LiveServer server = await LiveServer.StartAsync(_content, IPAddress.Loopback, 0);
        server.Show(() => "figures");
        Assert.Equal("127.0.0.1", server.Address.Host);
        using var client = new HttpClient();
        string wrong = server.Address.AbsolutePath[1] == '0' ? "1" : "0";
        foreach (string path in new[] { "/", "/events", "/x/events", $"/{wrong}{server.Address.AbsolutePath[2..]}", $"{server.Address.AbsolutePath[..^2]}/events" })
        {
            using HttpResponseMessage refused = await client.GetAsync(new Uri(server.Address, path), cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Equal("", await refused.Content.ReadAsStringAsync(cancellation));
        }
        using HttpResponseMessage page = await client.GetAsync(server.Address, cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        using HttpResponseMessage bare = await client.GetAsync(new Uri(server.Address.AbsoluteUri.TrimEnd('/')), cancellation);
        Assert.EndsWith("/", bare.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_servers_have_two_tokens_and_one_port_serves_one()
    {
        await using LiveServer first = await LiveServer.StartAsync(_content, IPAddress.Loopback, 0);
        await using LiveServer second = await LiveServer.StartAsync(_content, IPAddress.Loopback, 0);
        Assert.NotEqual(first.Address.AbsolutePath, second.Address.AbsolutePath);
        BadArgumentException error = await Assert.ThrowsAsync<BadArgumentException>(() => LiveServer.StartAsync(_content, IPAddress.Loopback, first.Address.Port));
        Assert.Contains($"port {first.Address.Port}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_drawn_for_nobody_and_the_newest_once_for_all()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        int drawn = 0;
        LiveServer server = await LiveServer.StartAsync(_content, IPAddress.Loopback, 0);
        for (int i = 0; i < 100; i++)
        {
            server.Show(() => $"<p>view {Interlocked.Increment(ref drawn)}</p>");
        }
        Assert.Equal(0, drawn);
        using var client = new HttpClient();
        HttpResponseMessage[] looks = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            client.GetAsync(new Uri(server.Address, "events"), HttpCompletionOption.ResponseHeadersRead, cancellation)));
        server.End("over");
        await server.DisposeAsync();
        string[] texts = await Task.WhenAll(looks.Select(l => l.Content.ReadAsStringAsync(cancellation)));
        Assert.All(looks, l => l.Dispose());
        Assert.All(texts, text => Assert.Equal("event: view\ndata: <p>view 1</p>\n\nevent: end\ndata: over\n\n", text));
    }

    private static Task Shows(Window window, params string[] texts) =>
        Task.WhenAll(texts.Select(t => Assertions.Expect(window.Page.GetByText(t).First).ToBeVisibleAsync(new() { Timeout = 20_000 })));

    private static TrainingView View(int points)
    {
        NetworkSnapshot network = Some.Network(7);
        RunRecord run = Some.Run(network);
        return new TrainingView
        {
            Backend = run.Backend,
            Preset = run.Preset,
            Dataset = run.Dataset.Name,
            Seed = 3,
            Epochs = 4,
            Budget = 40,
            Points = [.. Enumerable.Range(1, points).Select(i => new LearningPoint(i * 0.5, 0.25 + (0.05 * i)) { Connections = 32, DeviceSeconds = i, Joules = 0.1 * i })],
            Memory = run.Memory,
            Cores = run.Time.Cores,
            Kernels = run.Kernels,
            Energy = run.Energy,
            Before = Some.Network(1),
            Now = network,
        };
    }
}
