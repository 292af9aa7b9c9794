namespace NeuroHal.Cli.Comparisons;

/// <summary>How a comparison is printed.</summary>
internal enum ComparisonFormat
{
    /// <summary>For people, as wide as the terminal.</summary>
    Table,

    /// <summary>To be pasted into a document.</summary>
    Markdown,

    /// <summary>For programs: what <c>result.json</c> would hold.</summary>
    Json,
}
