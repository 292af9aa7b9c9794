using System.Reflection;
using NeuroHal.Conformance;
using NeuroHal.DeepR;
using NeuroHal.Kernels;
using NeuroHal.Reference.Api;

namespace NeuroHal.Reference;

/// <summary>The pages of docs/reference, as the code has them now.</summary>
internal static class ReferencePages
{
    /// <summary>Where the repository is.</summary>
    public static string Repository { get; } = typeof(ReferencePages).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepoRoot").Value!;

    /// <summary>Every file, by its name in the folder.</summary>
    public static IEnumerable<(string Name, string Text)> All()
    {
        yield return ("command-line.md", CommandLinePage.Make());
        yield return ("configuration.md", ConfigurationPage.Make());
        yield return ("neurohal.schema.json", ConfigurationSchema.Make());
        foreach ((string title, Assembly assembly) in new[]
        {
            ("The contract: NeuroHAL.Abstractions", typeof(IDevice).Assembly),
            ("Kernels: NeuroHAL.Kernels", typeof(SparseMatrix).Assembly),
            ("DEEP R: NeuroHAL.DeepR", typeof(TrainingOptions).Assembly),
            ("The conformance kit: NeuroHAL.Conformance", typeof(Clause).Assembly),
        })
        {
            yield return ($"api-{assembly.GetName().Name!.Split('.')[^1].ToLowerInvariant()}.md", ApiPage.Make(title, assembly));
        }
    }
}
