using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(NeuroHal.Reports.Tests.Browser))]

namespace NeuroHal.Reports.Tests;

/// <summary>One browser for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string? _program = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    private IPlaywright? _driver;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (_program is not null)
        {
            _driver = await Playwright.CreateAsync();
            _browser = await _driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = _program, Args = ["--no-sandbox"] });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
        _driver?.Dispose();
    }

    /// <summary>A window; the test is skipped where there is no browser.</summary>
    public async Task<Window> OpenAsync(int width, int height, bool dark = false)
    {
        Assert.SkipWhen(_browser is null, "There is no chromium here; Debian has it as a package.");
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        return new Window(context, await context.NewPageAsync());
    }
}

/// <summary>A window that keeps what goes wrong in it.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    internal Window(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _faults.Add($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _faults.Add(error);
        page.RequestFailed += (_, request) => _faults.Add($"{request.Url}: {request.Failure}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                _faults.Add($"{response.Url}: {response.Status}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Nothing went wrong, nothing is wider than the window, and every picture has a size.</summary>
    public async Task RequireSoundAsync()
    {
        Assert.Empty(_faults);
        string[] wrong = await Page.EvaluateAsync<string[]>(
            """
            () => {
              const wrong = [];
              const root = document.documentElement;
              if (root.scrollWidth > window.innerWidth) wrong.push(`the page is ${root.scrollWidth} wide, the window ${window.innerWidth}`);
              const pictures = [...document.querySelectorAll('svg, img')];
              if (pictures.length === 0) wrong.push('there are no pictures');
              for (const picture of pictures) {
                const box = picture.getBoundingClientRect();
                if (!(box.width > 20 && box.height > 5)) wrong.push(`a picture is ${box.width} x ${box.height}: ${picture.getAttribute('aria-label')}`);
                if (!picture.getAttribute('aria-label')) wrong.push('a picture has no description');
              }
              for (const text of document.querySelectorAll('svg text')) {
                const box = text.getBoundingClientRect(), around = text.ownerSVGElement.getBoundingClientRect();
                if (box.left < around.left - 1 || box.right > around.right + 1) wrong.push(`cut off: ${text.textContent}`);
              }
              for (const row of document.querySelectorAll('tbody tr')) if (!row.querySelector('th[scope]')) wrong.push('a row has no heading');
              return wrong;
            }
            """);
        Assert.Empty(wrong);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
