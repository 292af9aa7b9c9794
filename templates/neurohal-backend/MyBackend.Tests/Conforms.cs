using NeuroHal;
using NeuroHal.Conformance;

namespace MyBackend.Tests;

/// <summary>Every clause of the contract is a test.</summary>
public sealed class Conforms : BackendConformance
{
    protected override IBackend Backend => new Backend();
}
