namespace NeuroHal.Conformance;

/// <summary>One thing a device promises, and how to find out whether it does.</summary>
/// <param name="Number">Its number in the contract, such as <c>M2</c>.</param>
/// <param name="Title">The promise, in a sentence.</param>
/// <param name="Cores">The cores it takes to show it.</param>
/// <param name="Check">Throws <see cref="ClauseViolationException"/> where the promise is not kept.</param>
public sealed record Clause(string Number, string Title, int Cores, Action<DeviceBench> Check)
{
    /// <summary>Finds out whether a backend keeps the promise.</summary>
    /// <param name="backend">The backend.</param>
    /// <returns>How it stands.</returns>
    public ClauseOutcome Examine(IBackend backend)
    {
        try
        {
            using var bench = new DeviceBench(backend);
            if (Cores > 1 && !bench.CanOpen(Cores))
            {
                return new ClauseOutcome(this, ClauseStanding.DoesNotApply, $"needs {Cores} cores");
            }
            Check(bench);
            return new ClauseOutcome(this, ClauseStanding.Holds, null);
        }
        catch (ClauseDoesNotApplyException e)
        {
            return new ClauseOutcome(this, ClauseStanding.DoesNotApply, e.Message);
        }
        catch (ClauseViolationException e)
        {
            return new ClauseOutcome(this, ClauseStanding.Violated, e.Message);
        }
        catch (Exception e)
        {
            // What a broken backend throws is the finding; the other clauses are still to be examined.
            return new ClauseOutcome(this, ClauseStanding.Violated, $"threw {e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>The number and the title.</summary>
    public override string ToString() => $"{Number} {Title}";
}

/// <summary>How a backend stands to a clause.</summary>
public enum ClauseStanding
{
    /// <summary>It keeps the promise.</summary>
    Holds,

    /// <summary>It does not.</summary>
    Violated,

    /// <summary>The device does not have what the clause is about.</summary>
    DoesNotApply,

    /// <summary>Its author says that it never will keep it (<see cref="Exemptions"/>).</summary>
    NotSupported,

    /// <summary>It does not, and its author says that it does not yet.</summary>
    FailsAsExpected,
}

/// <summary>What came of examining a clause.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Standing">How the backend stands to it.</param>
/// <param name="Finding">What was expected and what was there instead, or the author's reason; null where it holds.</param>
public sealed record ClauseOutcome(Clause Clause, ClauseStanding Standing, string? Finding);

/// <summary>A device did not do what the contract promises.</summary>
/// <param name="message">What was expected and what was there instead.</param>
public sealed class ClauseViolationException(string message) : Exception(message);

/// <summary>The device does not have what a clause is about.</summary>
internal sealed class ClauseDoesNotApplyException(string message) : Exception(message);
