using NeuroHal;
using NeuroHal.Conformance;

namespace WideMac.Tests;

public sealed class WideMacConforms : BackendConformance
{
    protected override IBackend Backend => new WideMacBackend(new WideMacOptions());
}
