namespace NeuroHal.Abstractions.Tests;

public sealed class ContractVersionTests
{
    [Fact]
    public void Works_with_plugins_of_the_same_major_and_no_newer_minor_version()
    {
        Version v = ContractVersion.Current;
        Assert.True(ContractVersion.Supports(v));
        Assert.True(ContractVersion.Supports(new Version(v.Major, v.Minor, 99)));
        Assert.False(ContractVersion.Supports(new Version(v.Major, v.Minor + 1, 0)));
        Assert.False(ContractVersion.Supports(new Version(v.Major + 1, 0, 0)));
        Assert.False(ContractVersion.Supports(new Version(v.Major - 1, 0, 0)));
    }
}
