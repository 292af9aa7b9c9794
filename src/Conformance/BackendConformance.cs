using Xunit;

namespace NeuroHal.Conformance;

/// <summary>
/// The contract's clauses as tests, one each. Inherit it in a test project and give it your backend:
/// <code>public sealed class MyBackendConforms : BackendConformance { protected override IBackend Backend => new MyBackend(); }</code>
/// What your backend does not keep goes on one of two lists, with the reason; it is skipped and the reason shown.
/// </summary>
public abstract class BackendConformance
{
    /// <summary>The numbers of the clauses.</summary>
    public static TheoryData<string> Numbers { get; } = [.. Contract.Clauses.Select(c => c.Number)];

    /// <summary>The backend to examine.</summary>
    protected abstract IBackend Backend { get; }

    /// <summary>
    /// Clauses that the backend will never keep, by number, each with the reason, such as
    /// <c>["D4"] = "the chip has one level, set by a jumper"</c>. They are skipped.
    /// </summary>
    protected virtual IReadOnlyDictionary<string, string> NotSupported { get; } = new Dictionary<string, string>();

    /// <summary>
    /// Clauses that the backend does not keep yet, by number, each with the reason. They are skipped while they fail; one that
    /// holds fails here, so that the list cannot go stale.
    /// </summary>
    protected virtual IReadOnlyDictionary<string, string> ExpectedToFail { get; } = new Dictionary<string, string>();

    /// <summary>Examines one clause.</summary>
    /// <param name="number">Its number.</param>
    [Theory]
    [MemberData(nameof(Numbers))]
    public void Keeps(string number)
    {
        Clause clause = Contract.Clauses.Single(c => c.Number == number);
        ClauseOutcome outcome = new Exemptions(NotSupported, ExpectedToFail).Examine(clause, Backend);
        string? skip = outcome.Standing switch
        {
            ClauseStanding.DoesNotApply => "does not apply",
            ClauseStanding.NotSupported => "not supported",
            ClauseStanding.FailsAsExpected => "expected to fail",
            _ => null,
        };
        Assert.SkipWhen(skip is not null, $"{clause}: {skip}: {outcome.Finding}.");
        Assert.True(outcome.Standing == ClauseStanding.Holds, $"{clause}: {outcome.Finding}.");
    }
}
