using NeuroHal.Datasets.Sources;

namespace NeuroHal.Datasets.Tests;

/// <summary>Where a set is taken from, and in which order.</summary>
public sealed class LookupTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetEnvironment _environment;

    public LookupTests()
    {
        foreach (string name in new[] { "run", "variable", "cache", "system" })
        {
            Directory.CreateDirectory(_folder[name]);
        }
        _environment = new DatasetEnvironment
        {
            DataVariable = _folder["variable"],
            Cache = _folder["cache"],
            SystemFolders = [_folder["system"]],
        };
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_folder_of_the_run_comes_first_then_the_variable_the_cache_the_system()
    {
        IdxFiles.WriteSet(_folder["system/kmnist"]);
        Assert.Equal(_folder["system/kmnist"], (await Load(_environment)).Origin);
        IdxFiles.WriteSet(_folder["cache/kmnist"], gzip: true);
        Assert.Equal(_folder["cache/kmnist"], (await Load(_environment)).Origin);
        IdxFiles.WriteSet(_folder["variable"]);
        Assert.Equal(_folder["variable"], (await Load(_environment)).Origin);
        IdxFiles.WriteSet(_folder["variable/kmnist"]);
        Assert.Equal(_folder["variable/kmnist"], (await Load(_environment)).Origin);
        IdxFiles.WriteSet(_folder["run"]);
        Assert.Equal(_folder["run"], (await Load(_environment with { Folder = _folder["run"] })).Origin);
    }

    [Fact]
    public async Task A_folder_called_like_another_set_is_not_taken_for_this_one()
    {
        IdxFiles.WriteSet(_folder["variable/fashion-mnist"]);
        DatasetEnvironment there = _environment with { DataVariable = _folder["variable/fashion-mnist"] };
        await Assert.ThrowsAsync<BadDataException>(() => Load(there));
    }

    [Fact]
    public void Files_of_another_set_are_not_taken_for_this_one()
    {
        DatasetEnvironment here = DatasetEnvironment.OfProcess() with { Network = null };
        string? fashion = new DatasetCatalog(here).Locate("fashion-mnist");
        Assert.SkipWhen(fashion is null, "fashion-mnist is not on this machine; set NEUROHAL_DATA to its folder.");
        foreach (string file in Directory.EnumerateFiles(fashion))
        {
            File.CreateSymbolicLink(Path.Combine(_folder["variable"], Path.GetFileName(file)), file);
        }
        var catalog = new DatasetCatalog(_environment);
        Assert.Equal(_folder["variable"], catalog.Locate("fashion-mnist"));
        Assert.Null(catalog.Locate("kmnist"));
        Assert.Null(catalog.Locate("mnist"));
    }

    [Fact]
    public async Task A_folder_the_user_named_must_hold_the_set()
    {
        BadArgumentException e = await Assert.ThrowsAsync<BadArgumentException>(() => Load(_environment with { Folder = _folder["run"] }));
        Assert.Contains("does not hold kmnist", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_read_is_what_is_there()
    {
        IdxFiles.WriteSet(_folder["cache/kmnist"], ink: 200);
        Dataset set = await Load(_environment);
        Assert.Equal((3, 2, 28, 28), (set.Train.Count, set.Test.Count, set.Train.Rows, set.Train.Columns));
        Assert.Equal([0, 1, 9], set.Train.Labels.ToArray());
        Assert.Equal(-1, set.Test.Pixels.Span.IndexOfAnyExcept((byte)200));
        Assert.Contains("not verified", set.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_MNIST_is_refused_and_not_replaced_by_something_else()
    {
        IdxFiles.WriteSet(_folder["cache/mnist"]);
        var catalog = new DatasetCatalog(_environment);
        BadDataException e = await Assert.ThrowsAsync<BadDataException>(() => catalog.LoadAsync(DatasetCatalog.Auto, cancellation: Cancellation));
        Assert.Contains("SHA-256", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_is_the_built_in_digits_where_there_is_neither_MNIST_nor_network()
    {
        Dataset set = await new DatasetCatalog(_environment).LoadAsync(DatasetCatalog.Auto, cancellation: Cancellation);
        Assert.Equal(DatasetCatalog.BuiltInDigits, set.Name);
        Assert.DoesNotContain('\n', set.Notice!);
        Assert.Contains("built-in digits", set.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_set_asked_for_by_name_is_never_replaced() =>
        await Assert.ThrowsAsync<BadDataException>(() => new DatasetCatalog(_environment).LoadAsync("mnist", cancellation: Cancellation));

    private static Task<Dataset> Load(DatasetEnvironment environment) =>
        new DatasetCatalog(environment).LoadAsync("kmnist", cancellation: Cancellation);
}
