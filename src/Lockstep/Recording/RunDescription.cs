namespace NeuroHal.Lockstep.Recording;

/// <summary>What was run, so that only the same is compared with it.</summary>
/// <param name="Backend">The id of the backend it ran on.</param>
/// <param name="Settings">Everything else that results depend on, by name, as text.</param>
public sealed record RunDescription(string Backend, IReadOnlyList<KeyValuePair<string, string>> Settings)
{
    /// <summary>The first setting that another run has not, or has otherwise; null where there is none.</summary>
    /// <returns>Its name, its value here and there; null as a value where it is not set.</returns>
    public (string Name, string? Here, string? There)? FirstDifference(RunDescription other)
    {
        Dictionary<string, string> here = new(Settings), there = new(other.Settings);
        foreach (string name in here.Keys.Union(there.Keys))
        {
            if (here.GetValueOrDefault(name) != there.GetValueOrDefault(name))
            {
                return (name, here.GetValueOrDefault(name), there.GetValueOrDefault(name));
            }
        }
        return null;
    }
}
