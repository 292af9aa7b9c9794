using System.Text.Json;

namespace NeuroHal.Packages.Tests;

/// <summary>The command line as a .NET tool: installed from a folder, used in an empty one.</summary>
[Trait("Category", "Long")]
public sealed class ToolTests(Workshop workshop)
{
    [Fact]
    public async Task It_is_installed_from_a_folder_and_trains_in_an_empty_one_on_the_backends_that_came_with_it()
    {
        string folder = await Installed();
        string output = await Tool(folder, "backends");
        Assert.Contains("SpiNNaker2Emu", output, StringComparison.Ordinal);
        Assert.Contains("ReferenceCpu", output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder, "tool"), output, StringComparison.Ordinal);

        await Tool(folder, "train --dataset digits --limit 200 --epochs 1 --output run");
        using JsonDocument result = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(folder, "empty", "run", "result.json"), TestContext.Current.CancellationToken));
        Assert.Equal("SpiNNaker2Emu", result.RootElement.GetProperty("backend").GetProperty("id").GetString());
        Assert.Equal(workshop.Version, result.RootElement.GetProperty("environment").GetProperty("version").GetString());
    }

    [Fact]
    public async Task It_finds_what_its_user_drops_into_the_folder_for_applications_data_and_draws()
    {
        string folder = await Installed();
        string samples = await workshop.SamplesAsync();
        string output = await Tool(
            folder,
            "backends",
            $"export XDG_DATA_HOME=$PWD/data; mkdir -p data/neurohal/plugins; cp -r {samples}/artifacts/bin/WideMac/release data/neurohal/plugins/WideMac");
        Assert.Contains("WideMac", output, StringComparison.Ordinal);
        Assert.Contains("SpiNNaker2Emu", output, StringComparison.Ordinal);

        await Tool(folder, "train --dataset digits --limit 50 --epochs 1 --trace t.json"); // whose picture takes native code
        Assert.True(new FileInfo(Path.Combine(folder, "empty", "t.png")).Length > 1000);
    }

    private async Task<string> Installed()
    {
        await workshop.OpenAsync();
        string folder = workshop.EmptyFolder();
        (await workshop.RunAsync(
            folder, $"mkdir empty; dotnet tool install --tool-path tool --source \"$FEED\" NeuroHAL.Tool --version {workshop.Version}")).Succeeds();
        return folder;
    }

    private async Task<string> Tool(string folder, string arguments, string before = "true") =>
        (await workshop.RunAsync(Path.Combine(folder, "empty"), $"{before}\n../tool/neurohal {arguments}")).Succeeds();
}
