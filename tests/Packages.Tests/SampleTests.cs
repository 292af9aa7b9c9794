using System.Text.Json;

namespace NeuroHal.Packages.Tests;

/// <summary>Plugins of others, built from packages alone and dropped into an empty folder of plugins.</summary>
[Trait("Category", "Long")]
public sealed class SampleTests(Workshop workshop)
{
    private const string Training = "--dataset digits --epochs 1 --limit 400 --seed 3";

    [Fact]
    public async Task WideMac_passes_its_own_tests()
    {
        string folder = await workshop.SamplesAsync();
        string output = (await workshop.RunAsync(Path.Combine(folder, "WideMac", "WideMac.Tests"), "dotnet test -c Release --no-build")).Succeeds();
        Assert.Matches(@"failed: 0\s+succeeded: \d\d+\s+skipped: 0", output);
    }

    [Fact]
    public async Task WideMac_dropped_into_an_empty_folder_is_listed_keeps_the_contract_and_trains_to_the_weights_of_the_CPU()
    {
        string folder = await Installed("WideMac");
        Assert.Contains("WideMac", await Neurohal(folder, "backends"), StringComparison.Ordinal);
        Assert.Contains("0 violated", await Neurohal(folder, "backends verify WideMac"), StringComparison.Ordinal);

        await Neurohal(folder, $"train --backend WideMac {Training} --output wide --set backends:WideMac:report=report.txt");
        // ReferenceCpu is where this test's own build put it.
        (await workshop.RunAsync(folder, $"neurohal train --backend ReferenceCpu {Training} --output cpu")).Succeeds();
        JsonElement wide = Result(folder, "wide");
        JsonElement cpu = Result(folder, "cpu");
        Assert.Equal(Weights(cpu), Weights(wide));

        // Only its own kernels take energy of the array: it recognised the types that the algorithm runs.
        JsonElement energy = wide.GetProperty("energy");
        Assert.True(Domain(energy, "accelerator") > 0, energy.ToString());
        Assert.InRange(energy.GetProperty("joules").GetDouble(), energy.GetProperty("low").GetDouble(), energy.GetProperty("high").GetDouble());
    }

    [Fact]
    public async Task WideMac_uses_its_own_version_of_a_package_that_the_command_line_uses_too()
    {
        string folder = await Installed("WideMac");
        await Neurohal(folder, $"train --backend WideMac {Training} --set backends:WideMac:report=report.txt");
        string own = Spectre(Path.Combine(folder, "plugins", "WideMac", "WideMac.deps.json"));
        string host = Spectre(Path.Combine(AppContext.BaseDirectory, "neurohal.deps.json"));
        Assert.NotEqual(host, own);
        // The plugin asked the assembly that it drew with.
        Assert.EndsWith($"Drawn with Spectre.Console {own}", (await File.ReadAllTextAsync(Path.Combine(folder, "report.txt"), TestContext.Current.CancellationToken)).Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NullBackend_is_listed_and_refuses_in_one_line_that_says_what_to_write()
    {
        string folder = await Installed("NullBackend");
        Assert.Contains("the place to start from", await Neurohal(folder, "backends"), StringComparison.Ordinal);
        Workshop.Outcome train = await workshop.RunAsync(folder, $"export NEUROHAL__PLUGINS__PATH=plugins; neurohal train --backend NullBackend {Training}");
        Assert.NotEqual(0, train.Code);
        string line = Assert.Single(train.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("NullBackend: NullSram.Reserve is yet to be written", line, StringComparison.Ordinal);
    }

    /// <summary>A folder in which <c>plugins</c> holds a sample and nothing else.</summary>
    private async Task<string> Installed(string id)
    {
        string samples = await workshop.SamplesAsync();
        string folder = workshop.EmptyFolder();
        (await workshop.RunAsync(folder, $"mkdir plugins && cp -r {samples}/artifacts/bin/{id}/release plugins/{id}")).Succeeds();
        return folder;
    }

    private async Task<string> Neurohal(string folder, string arguments) =>
        (await workshop.RunAsync(folder, $"NEUROHAL__PLUGINS__PATH=plugins neurohal {arguments}")).Succeeds();

    private static JsonElement Result(string folder, string run) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, run, "result.json"))).RootElement;

    private static string Weights(JsonElement result) => result.GetProperty("weights").GetProperty("sha256").GetString()!;

    private static double Domain(JsonElement energy, string domain) =>
        energy.GetProperty("breakdown").EnumerateObject().Single(d => d.Name.Equals(domain, StringComparison.OrdinalIgnoreCase)).Value.GetDouble();

    private static string Spectre(string deps) =>
        JsonDocument.Parse(File.ReadAllText(deps)).RootElement.GetProperty("libraries").EnumerateObject()
            .Select(l => l.Name.Split('/')).Single(l => l[0] == "Spectre.Console")[1];
}
