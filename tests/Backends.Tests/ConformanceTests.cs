using NeuroHal.Conformance;

namespace NeuroHal.Backends.Tests;

public sealed class ReferenceCpuConforms : BackendConformance
{
    protected override IBackend Backend => Backends.Cpu();
}

public sealed class ReferenceCpuOnOneThreadConforms : BackendConformance
{
    protected override IBackend Backend => Backends.Cpu(("threads", "1"));
}

public sealed class LimitedReferenceCpuConforms : BackendConformance
{
    protected override IBackend Backend => Backends.Cpu(("sramPerCore", "65536"));
}

public sealed class SpiNNaker2EmuConforms : BackendConformance
{
    protected override IBackend Backend => Backends.Emu();
}

public sealed class SpiNNaker2EmuWithoutAcceleratorsConforms : BackendConformance
{
    protected override IBackend Backend =>
        Backends.Emu(("profile", "spinnaker2"), ("exponentialAccelerator", "false"), ("randomAccelerator", "false"));
}

public sealed class ContractDocumentTests
{
    [Fact]
    public void The_document_lists_the_clauses_and_no_others() =>
        Assert.Equal(Contract.Clauses.Select(c => (c.Number, c.Title)), ContractDocument.Clauses);

    [Fact]
    public void The_document_lists_the_faults_that_the_kit_is_held_to_finding_and_no_others() =>
        Assert.Equal(Enum.GetNames<Fault>().Except([nameof(Fault.None)]), ContractDocument.Faults.Select(f => f.Fault));
}
