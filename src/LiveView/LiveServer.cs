using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace NeuroHal.LiveView;

/// <summary>
/// Serves a page that changes while it is looked at, to those who know its address: a token in it, of 128 random bits, is asked for
/// by every request.
/// </summary>
public sealed class LiveServer : IAsyncDisposable
{
    private const int TokenBytes = 16;

    // Those who look get so long to hear of the end.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly WebApplication _host;
    private readonly Broadcast _broadcast;
    private string _farewell = "The run has ended before its result.";

    private LiveServer(WebApplication host, Broadcast broadcast, Uri address) => (_host, _broadcast, Address) = (host, broadcast, address);

    /// <summary>Where the page is, token included.</summary>
    public Uri Address { get; }

    /// <summary>Starts serving.</summary>
    /// <param name="content">The page.</param>
    /// <param name="address">The interface to listen on.</param>
    /// <param name="port">The port; 0 for one that is free.</param>
    /// <exception cref="BadArgumentException">There is no listening there.</exception>
    public static async Task<LiveServer> StartAsync(LiveContent content, IPAddress address, int port)
    {
        // Neither settings files nor environment variables decide where this listens, and signals are the program's own.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(address, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = _patience);
        WebApplication host = builder.Build();
        var broadcast = new Broadcast();
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        host.Use((context, next) => Guard(context, next, token, content.Policy));
        host.MapGet("/{token}/", () => TypedResults.Text(content.Page, "text/html; charset=utf-8"));
        host.MapGet("/{token}/" + content.ScriptName, () => TypedResults.Text(content.Script, "text/javascript; charset=utf-8"));
        host.MapGet("/{token}/events", (CancellationToken cancellation) => TypedResults.ServerSentEvents(broadcast.WatchAsync(cancellation)));
        try
        {
            await host.StartAsync();
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            await host.DisposeAsync();
            throw new BadArgumentException($"The live view cannot listen on {address}, port {port}: {e.Message} Name another port, or none for one that is free.", e);
        }
        string listens = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new LiveServer(host, broadcast, new Uri($"{listens}/{token}/"));
    }

    /// <summary>There is something else to be seen; it is made, once, when somebody looks, on another thread.</summary>
    public void Show(Func<string> view) => _broadcast.Show(view);

    /// <summary>What those who look are told at the end.</summary>
    public void End(string message) => _farewell = message;

    /// <summary>Tells those who look that this was all, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _broadcast.End(_farewell);
        await _host.StopAsync();
        await _host.DisposeAsync();
    }

    private static Task Guard(HttpContext context, RequestDelegate next, string token, string policy)
    {
        string given = (context.Request.Path.Value ?? "").Split('/').ElementAtOrDefault(1) ?? "";
        context.Response.Headers.ContentSecurityPolicy = policy;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token)))
        {
            if (context.Request.Path.Value != $"/{token}")
            {
                return next(context);
            }
            context.Response.Redirect($"/{token}/"); // what is beside the page is beside it only with the slash
            return Task.CompletedTask;
        }
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
