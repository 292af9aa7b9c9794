using NeuroHal.Conformance;
using Xunit.Sdk;

namespace NeuroHal.Backends.Tests;

/// <summary>What the kit makes of the clauses that an author says a backend does not keep.</summary>
public sealed class ExemptionTests
{
    private static readonly Dictionary<string, string> _none = [];
    private static readonly IBackend _good = Backends.Emu();
    private static readonly IBackend _faulty = new FaultyBackend(Backends.Emu(), Fault.IgnoresLevels);

    [Fact]
    public void A_clause_that_is_not_supported_is_not_examined_and_shows_its_reason()
    {
        string message = Skips(new Kit(_faulty, new() { ["D4"] = "one level only" }, _none), "D4");
        Assert.EndsWith("not supported: one level only.", message);
    }

    [Fact]
    public void A_clause_that_fails_as_expected_shows_its_reason_and_the_finding()
    {
        string message = Skips(new Kit(_faulty, _none, new() { ["D4"] = "driver 2 will" }), "D4");
        Assert.Contains("expected to fail: driver 2 will (level after setting it: expected", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clause_that_holds_though_it_is_expected_to_fail_is_a_failure()
    {
        var kit = new Kit(_good, _none, new() { ["D4"] = "driver 2 will" });
        TrueException stale = Assert.Throws<TrueException>(() => kit.Keeps("D4"));
        Assert.Contains("it holds, but is listed as expected to fail (driver 2 will); take it off the list", stale.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clause_that_does_not_apply_says_so_even_where_it_is_expected_to_fail()
    {
        string message = Skips(new Kit(Backends.Cpu(), _none, new() { ["C6"] = "soon" }), "C6");
        Assert.Contains("does not apply: is about emulations", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_say_nothing_about_the_clauses_that_are_not_on_them()
    {
        var kit = new Kit(_faulty, new() { ["D3"] = "never" }, new() { ["D5"] = "soon" });
        Assert.Throws<TrueException>(() => kit.Keeps("D4"));
        kit.Keeps("D1");
    }

    [Theory]
    [InlineData("Z9", "a reason", "Exempt clause 'Z9' is not one of the contract's: D1 ")]
    [InlineData("D4", " ", "Exempt clause D4 has no reason.")]
    public void Unknown_numbers_and_missing_reasons_are_errors_whatever_clause_is_examined(string number, string reason, string message)
    {
        Dictionary<string, string> list = new() { [number] = reason };
        Assert.StartsWith(message, Assert.Throws<BadArgumentException>(() => new Kit(_good, list, _none).Keeps("D1")).Message);
        Assert.StartsWith(message, Assert.Throws<BadArgumentException>(() => new Kit(_good, _none, list).Keeps("D1")).Message);
    }

    [Fact]
    public void One_clause_on_both_lists_is_an_error()
    {
        Dictionary<string, string> list = new() { ["D4"] = "a reason" };
        Assert.Contains("both", Assert.Throws<BadArgumentException>(() => new Kit(_good, list, list).Keeps("D4")).Message, StringComparison.Ordinal);
    }

    /// <summary>Assert.Throws would skip the test itself.</summary>
    private static string Skips(Kit kit, string number)
    {
        try
        {
            kit.Keeps(number);
        }
        catch (SkipException e)
        {
            return e.Message;
        }
        throw new InvalidOperationException($"{number} was not skipped.");
    }

    private sealed class Kit(IBackend backend, Dictionary<string, string> notSupported, Dictionary<string, string> expectedToFail)
        : BackendConformance
    {
        protected override IBackend Backend => backend;

        protected override IReadOnlyDictionary<string, string> NotSupported => notSupported;

        protected override IReadOnlyDictionary<string, string> ExpectedToFail => expectedToFail;
    }
}
