using NeuroHal.Conformance;
using NeuroHal.Kernels;

namespace NeuroHal.Backends.Tests;

/// <summary>The clauses about kernels themselves.</summary>
public sealed class KernelClauseTests
{
    private static IEnumerable<Clause> Clauses => Contract.Clauses.Where(c => c.Number[0] == 'K');

    [Fact]
    public void Every_public_kernel_has_its_clause()
    {
        IEnumerable<string> kernels = typeof(SparseMatrix).Assembly.GetExportedTypes()
            .Where(t => t.IsAssignableTo(typeof(IKernel))).Select(t => t.Name.Split('`')[0]);
        Assert.Equal(kernels.Order(), Clauses.Select(c => c.Title.Split(' ')[0]).Distinct().Order());
    }

    [Theory]
    [InlineData("8192")]
    [InlineData("2048")]
    [InlineData("640")]
    public void A_small_core_is_tried_with_the_shapes_that_fit(string sram) => Assert.All(
        Clauses, c => Assert.Equal(ClauseStanding.Holds, c.Examine(Backends.Cpu(("sramPerCore", sram))).Standing));

    [Fact]
    public void To_a_core_too_small_for_any_shape_the_clauses_do_not_apply() => Assert.All(Clauses, c =>
    {
        ClauseOutcome outcome = c.Examine(Backends.Cpu(("sramPerCore", "8")));
        Assert.Equal(ClauseStanding.DoesNotApply, outcome.Standing);
        Assert.StartsWith("no shape fits: Core 0: ", outcome.Finding);
    });

    [Fact]
    public void A_finding_tells_the_shape_the_element_what_was_expected_what_was_there_and_the_bound()
    {
        var backend = new FaultyBackend(Backends.Emu(), Fault.ForwardDropsTheLastOfARow);
        Assert.Matches(
            @"^trial \d+ \(\d+ inputs, \d+ outputs, \d+ of \d+ lanes, \d+ connections, room for \d+\): "
            + @"sum of output \d+.*: expected [-.\dE]+, got [-.\dE]+, bound [-.\dE]+ \(\d+ terms\)$",
            Clauses.First().Examine(backend).Finding);
    }

    [Fact]
    public void A_finding_is_the_same_every_time()
    {
        var backend = new FaultyBackend(Backends.Cpu(), Fault.NormalsAreTooWide);
        Clause clause = Clauses.Single(c => c.Title.StartsWith("FillNormal", StringComparison.Ordinal));
        Assert.Equal(clause.Examine(backend), clause.Examine(backend));
    }
}
