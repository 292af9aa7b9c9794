using NeuroHal.Datasets.Sources;

namespace NeuroHal.Datasets.Tests;

/// <summary>The published sets, where this machine has them.</summary>
public sealed class RealSetsTests
{
    [Theory]
    [InlineData("mnist", 33.32)]
    [InlineData("fashion-mnist", 72.94)]
    public async Task A_published_set_is_read_and_verified(string name, double mean)
    {
        var catalog = new DatasetCatalog(DatasetEnvironment.OfProcess() with { Network = null });
        Assert.SkipWhen(catalog.Locate(name) is null, $"{name} is not on this machine; set NEUROHAL_DATA to its folder.");
        Dataset set = await catalog.LoadAsync(name, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((60_000, 10_000, 28, 28), (set.Train.Count, set.Test.Count, set.Train.Rows, set.Train.Columns));
        // The mean pixel of the training images, as their publishers' readers give it (0.1307 and 0.2860 of 255).
        Assert.Equal(mean, set.Train.Pixels.ToArray().Average(p => (double)p), 0.01);
        Assert.All(set.Train.Labels.ToArray().GroupBy(l => l), g => Assert.InRange(g.Count(), 5400, 6800));
    }
}
