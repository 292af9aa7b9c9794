using Xunit;

namespace NeuroHal.Conformance;

/// <summary>
/// The contract's clauses as tests, one each. Inherit it in a test project and give it your backend:
/// <code>public sealed class MyBackendConforms : BackendConformance { protected override IBackend Backend => new MyBackend(); }</code>
/// </summary>
public abstract class BackendConformance
{
    /// <summary>The numbers of the clauses.</summary>
    public static TheoryData<string> Numbers { get; } = [.. Contract.Clauses.Select(c => c.Number)];

    /// <summary>The backend to examine.</summary>
    protected abstract IBackend Backend { get; }

    /// <summary>Examines one clause.</summary>
    /// <param name="number">Its number.</param>
    [Theory]
    [MemberData(nameof(Numbers))]
    public void Keeps(string number)
    {
        Clause clause = Contract.Clauses.Single(c => c.Number == number);
        ClauseOutcome outcome = clause.Examine(Backend);
        Assert.SkipWhen(outcome.Standing == ClauseStanding.DoesNotApply, $"{clause}: {outcome.Finding}.");
        Assert.True(outcome.Standing == ClauseStanding.Holds, $"{clause}: {outcome.Finding}.");
    }
}
