using NeuroHal.Conformance;

namespace NeuroHal.Backends.Tests;

/// <summary>
/// The kit finds each fault by the clauses that rest on what is broken, and blames no other. A fault in what everything
/// rests on, such as supersteps, breaks more than one. Which ones stands in the contract's document.
/// </summary>
public sealed class KitBitesTests
{
    public static TheoryData<string, string> Faults { get; } = [.. ContractDocument.Faults];

    [Fact]
    public void Nothing_is_found_where_no_fault_is() => Assert.Empty(Violated(Fault.None));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_breaks_the_clauses_that_are_about_it(string fault, string clauses) =>
        Assert.Equal(clauses, Violated(Enum.Parse<Fault>(fault)));

    [Fact]
    public void Every_clause_about_a_kernel_finds_a_fault() =>
        Assert.Empty(Contract.Clauses.Select(c => c.Number).Where(n => n[0] == 'K').Except(ContractDocument.Faults.SelectMany(f => f.Clauses.Split(' '))));

    private static string Violated(Fault fault)
    {
        var backend = new FaultyBackend(Backends.Emu(("threads", "1")), fault);
        IEnumerable<string> violated = Contract.Clauses
            .Select(c => c.Examine(backend)).Where(o => o.Standing == ClauseStanding.Violated).Select(o => o.Clause.Number);
        return string.Join(' ', violated);
    }
}
