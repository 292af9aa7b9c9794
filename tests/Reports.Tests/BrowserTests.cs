using Microsoft.Playwright;
using NeuroHal.DeepR.Training;

namespace NeuroHal.Reports.Tests;

public sealed class BrowserTests(Browser browser) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(390, 844, false)]
    [InlineData(390, 844, true)]
    [InlineData(1280, 800, false)]
    [InlineData(1920, 1080, false)]
    public async Task A_report_is_sound_at_every_size(int width, int height, bool dark)
    {
        await using Window window = await browser.OpenAsync(width, height, dark);
        await window.Page.GotoAsync(Report());
        await window.RequireSoundAsync();
        string paper = await window.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        Assert.Equal(dark ? "rgb(20, 23, 27)" : "rgb(255, 255, 255)", paper);
    }

    [Fact]
    public async Task In_print_it_is_light_whole_and_no_wider_than_the_paper()
    {
        await using Window window = await browser.OpenAsync(688, 971, dark: true); // A4 within its margins
        await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print, ColorScheme = ColorScheme.Light });
        await window.Page.GotoAsync(Report());
        await window.RequireSoundAsync();
        Assert.Equal("rgb(255, 255, 255)", await window.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        Assert.Equal("none", await window.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('nav')).display"));
        Assert.True(await window.Page.EvaluateAsync<bool>("() => document.querySelector('details table').getBoundingClientRect().height > 50"), "what is folded up is not printed");
        Assert.Empty(await window.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('table')].filter(t => t.getBoundingClientRect().right > innerWidth + 1).map(t => t.textContent.slice(0, 60))"));
    }

    [Fact]
    public async Task Hostile_names_do_nothing()
    {
        NetworkSnapshot network = Some.Network(7);
        string run = Some.Folder(_folder["run"], Some.Run(network, backend: Some.Hostile, name: Some.Hostile), network, Some.Timeline(Some.Hostile));
        await using Window window = await browser.OpenAsync(390, 844);
        await window.Page.GotoAsync(new Uri(ReportFolder.Write([run], _folder["report"]).Page).AbsoluteUri);
        await window.RequireSoundAsync();
        Assert.NotEqual("owned", await window.Page.TitleAsync());
        Assert.Equal(0, await window.Page.Locator("img").CountAsync());
    }

    [Fact]
    public async Task Many_cores_fit_a_phone()
    {
        NetworkSnapshot network = Some.Network(7);
        string run = Some.Folder(_folder["run"], Some.Run(network, cores: 152), network, Some.Timeline(cores: 152));
        await using Window window = await browser.OpenAsync(390, 844);
        await window.Page.GotoAsync(new Uri(ReportFolder.Write([run], _folder["report"]).Page).AbsoluteUri);
        await window.Page.Locator("summary").First.ClickAsync();
        await window.RequireSoundAsync();
    }

    private string Report()
    {
        NetworkSnapshot network = Some.Network(7);
        string first = Some.Folder(_folder["a"], Some.Run(network, backend: "ReferenceCpu", name: "host", withEnergy: false), network);
        string second = Some.Folder(_folder["b"], Some.Run(network, cores: 4, backend: "SpiNNaker2Emu", name: "spinnaker2-prototype"), network, Some.Timeline(cores: 4));
        return new Uri(ReportFolder.Write([first, second], _folder["report"]).Page).AbsoluteUri;
    }
}
