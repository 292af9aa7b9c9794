using NeuroHal.Conformance;

namespace NeuroHal.Backends.Tests;

/// <summary>
/// The kit finds each fault by the clauses that rest on what is broken, and blames no other. A fault in what everything
/// rests on, such as supersteps, breaks more than one.
/// </summary>
public sealed class KitBitesTests
{
    [Theory]
    [InlineData(Fault.None, "")]
    [InlineData(Fault.LeaksReleasedBuffers, "M5 M6 T7")]
    [InlineData(Fault.ForgetsReservations, "M1")]
    [InlineData(Fault.LosesSends, "T5 T6 C3 E2")]
    [InlineData(Fault.LandsSendsAtOnce, "T5")]
    [InlineData(Fault.LosesStores, "T3 C2")]
    [InlineData(Fault.LandsLoadsAtOnce, "T1 T7")]
    [InlineData(Fault.SkipsTheLastCore, "T5 S1 S2 S4 C3 E2")]
    [InlineData(Fault.RunsCoresTwice, "D5 T1 T2 T3 T5 S1 S2 S3 S4 C2 C3 C4 E1 E2")]
    [InlineData(Fault.SwallowsExceptions, "M6 M7 T7 T8 S3 S4 S6")]
    [InlineData(Fault.IgnoresLevels, "D4")]
    [InlineData(Fault.MiscountsKernels, "C2 C3 C4")]
    [InlineData(Fault.CountsOnlyOnePhase, "C2")]
    [InlineData(Fault.HidesEnergy, "C5")]
    [InlineData(Fault.ForgetsItsState, "C7 C8")]
    [InlineData(Fault.SharesOneDevice, "D5 M1 M3 M4 M5 M9 C1 C2 C3 C4 C6")]
    public void A_fault_breaks_the_clauses_that_are_about_it(Fault fault, string clauses)
    {
        var backend = new FaultyBackend(Backends.Emu(("threads", "1")), fault);
        IEnumerable<string> violated = Contract.Clauses
            .Select(c => c.Examine(backend)).Where(o => o.Standing == ClauseStanding.Violated).Select(o => o.Clause.Number);
        Assert.Equal(clauses, string.Join(' ', violated));
    }
}
