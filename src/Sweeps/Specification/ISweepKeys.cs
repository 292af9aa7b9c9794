namespace NeuroHal.Sweeps.Specification;

/// <summary>What a specification has to know of the settings that it names.</summary>
public interface ISweepKeys
{
    /// <summary>The key as it is spelled, where the specification spells it in other letters.</summary>
    /// <exception cref="BadArgumentException">There is no such setting, or it is none that runs can differ in.</exception>
    string Require(string key);

    /// <summary>What stands between the numbers of a setting that has several.</summary>
    char SeparatorOf(string key);
}
