using System.Text;

namespace NeuroHal.Packages.Tests;

/// <summary>What the templates generate works as it is. The document for authors is a test of the backend's.</summary>
[Trait("Category", "Long")]
public sealed class TemplateTests(Workshop workshop)
{
    [Fact]
    public async Task An_algorithm_builds_without_a_warning_and_passes_its_tests()
    {
        await workshop.OpenAsync();
        string output = (await workshop.RunAsync(workshop.EmptyFolder(), """
            hive="--debug:custom-hive $PWD/hive"
            dotnet new install "$FEED"/NeuroHAL.Templates.*.nupkg $hive
            dotnet new nugetconfig
            dotnet nuget add source "$FEED" --name neurohal --configfile nuget.config
            dotnet new neurohal-algorithm --name Acme.Learning $hive
            cd Acme.Learning
            dotnet build -c Release -warnaserror
            dotnet test -c Release --no-build
            """)).Succeeds();
        Assert.Matches(@"failed: 0\s+succeeded: 3\s+skipped: 0", output);
    }

    [Fact]
    public async Task A_backend_with_a_dot_in_its_name_builds_without_a_warning()
    {
        await workshop.OpenAsync();
        string folder = workshop.EmptyFolder();
        (await workshop.RunAsync(folder, """
            hive="--debug:custom-hive $PWD/hive"
            dotnet new install "$FEED"/NeuroHAL.Templates.*.nupkg $hive
            dotnet new nugetconfig
            dotnet nuget add source "$FEED" --name neurohal --configfile nuget.config
            dotnet new neurohal-backend --name Acme.Chip $hive
            dotnet build -c Release -warnaserror Acme.Chip
            neurohal backends verify Acme.Chip/Acme.Chip/bin/Release/net10.0
            """)).Succeeds();
    }

    [Fact]
    public async Task Every_command_of_the_document_works_in_an_empty_folder_and_what_it_pins_stays_unloaded_once_changed()
    {
        await workshop.OpenAsync();
        string output = (await workshop.RunAsync(workshop.EmptyFolder(), ShellBlocks("docs/backend-authors.md") + """
            echo >> plugins/AcmeChip/AcmeChip.dll
            echo CHANGED
            neurohal backends
            """)).Succeeds();
        string[] parts = output.Split("CHANGED");
        Assert.Matches(@"failed: 0\s+succeeded: \d\d+\s+skipped: 0", parts[0]);
        Assert.Contains("AcmeChip, contract", parts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Not usable", parts[0], StringComparison.Ordinal);
        Assert.Contains("are not those it was pinned by", parts[1], StringComparison.Ordinal);
    }

    private static string ShellBlocks(string document)
    {
        var commands = new StringBuilder();
        bool inside = false;
        foreach (string line in File.ReadLines(Path.Combine(Workshop.Repository, document)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = line == "```sh";
            }
            else if (inside)
            {
                commands.Append(line).Append('\n');
            }
        }
        return commands.ToString();
    }
}
