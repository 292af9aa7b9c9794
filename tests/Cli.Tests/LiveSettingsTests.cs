using System.Net;
using Microsoft.Extensions.Configuration;
using NeuroHal.Cli.Settings;

namespace NeuroHal.Cli.Tests;

public sealed class LiveSettingsTests
{
    [Fact]
    public void Nobody_watches_unless_asked_to_and_then_on_this_machine_only()
    {
        Assert.Null(Read(null, null));
        Assert.Equal(new LiveSettings(IPAddress.Loopback, 0), Read("0", null));
        Assert.Equal(new LiveSettings(IPAddress.Any, 8080), Read("8080", "0.0.0.0"));
    }

    [Theory]
    [InlineData("99999", null, "live:port is 99999; it must be a port from 1 to 65535")]
    [InlineData("-1", null, "live:port is -1")]
    [InlineData("soon", null, "live:port is 'soon'")]
    [InlineData("0", "localhost", "live:address is 'localhost'; it must be an address of this machine")]
    [InlineData(null, "127.0.0.1", "no live view is asked for: add --live")]
    public void A_wrong_place_to_watch_is_refused(string? port, string? address, string error) =>
        Assert.Contains(error, Assert.Throws<BadArgumentException>(() => Read(port, address)).Message, StringComparison.Ordinal);

    private static LiveSettings? Read(string? port, string? address) => LiveSettings.Read(new SettingReader(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { [ConfigurationKeys.LivePort] = port, [ConfigurationKeys.LiveAddress] = address }).Build()));
}
