namespace NeuroHal.Conformance;

/// <summary>
/// The clauses that a backend's author knows it does not keep, by number, each with the reason. One kind is for good, the other
/// for now; a list of the latter that is out of date fails.
/// </summary>
public sealed class Exemptions
{
    private readonly IReadOnlyDictionary<string, string> _notSupported;
    private readonly IReadOnlyDictionary<string, string> _expectedToFail;

    /// <summary>Takes both lists.</summary>
    /// <param name="notSupported">What the backend will not keep; not examined.</param>
    /// <param name="expectedToFail">What it does not keep yet; examined, and no longer to be listed once it holds.</param>
    /// <exception cref="BadArgumentException">A number is not the contract's or in both lists, or a reason is missing.</exception>
    public Exemptions(IReadOnlyDictionary<string, string> notSupported, IReadOnlyDictionary<string, string> expectedToFail)
    {
        (_notSupported, _expectedToFail) = (notSupported, expectedToFail);
        foreach ((string number, string reason) in notSupported.Concat(expectedToFail))
        {
            if (Contract.Clauses.All(c => c.Number != number))
            {
                string known = string.Join(' ', Contract.Clauses.Select(c => c.Number));
                throw new BadArgumentException($"Exempt clause '{number}' is not one of the contract's: {known}.");
            }
            if (string.IsNullOrWhiteSpace(reason))
            {
                throw new BadArgumentException($"Exempt clause {number} has no reason.");
            }
            if (notSupported.ContainsKey(number) && expectedToFail.ContainsKey(number))
            {
                throw new BadArgumentException($"Clause {number} is listed both as not supported and as expected to fail; take it off one list.");
            }
        }
    }

    /// <summary>Finds out how a backend stands to a clause, what is known taken into account.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="backend">The backend.</param>
    public ClauseOutcome Examine(Clause clause, IBackend backend)
    {
        if (_notSupported.TryGetValue(clause.Number, out string? never))
        {
            return new ClauseOutcome(clause, ClauseStanding.NotSupported, never);
        }
        ClauseOutcome outcome = clause.Examine(backend);
        if (!_expectedToFail.TryGetValue(clause.Number, out string? notYet))
        {
            return outcome;
        }
        return outcome.Standing switch
        {
            ClauseStanding.Violated => outcome with
            {
                Standing = ClauseStanding.FailsAsExpected,
                Finding = $"{notYet} ({outcome.Finding})",
            },
            ClauseStanding.Holds => outcome with
            {
                Standing = ClauseStanding.Violated,
                Finding = $"it holds, but is listed as expected to fail ({notYet}); take it off the list",
            },
            _ => outcome,
        };
    }
}
