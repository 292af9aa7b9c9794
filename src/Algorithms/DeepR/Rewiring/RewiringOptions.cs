namespace NeuroHal.DeepR.Rewiring;

/// <summary>When and how connections are moved.</summary>
public sealed record RewiringOptions
{
    /// <summary>The policy's name.</summary>
    /// <value>One of <see cref="RewiringPolicies.Names"/>; <c>deep-r</c> by default.</value>
    public string Policy { get; init; } = "deep-r";

    /// <summary>The samples between rewirings; null for the policy's own habit.</summary>
    /// <value>At least 1.</value>
    public int? Every { get; init; }

    /// <summary>The share of connections that <c>set</c> moves each time.</summary>
    /// <value>Above 0 and below 1; 0.3 by default, as in Mocanu et al. 2018.</value>
    public float Fraction { get; init; } = 0.3f;
}
