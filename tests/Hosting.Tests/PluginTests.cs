namespace NeuroHal.Hosting.Tests;

public sealed class PluginTests : IDisposable
{
    private const string CpuAssembly = "NeuroHal.ReferenceCpu.dll";

    private readonly PluginFolder _plugins = new PluginFolder().With("ReferenceCpu");

    public void Dispose() => _plugins.Dispose();

    [Fact]
    public async Task A_plugin_is_found_loaded_and_opens_devices_with_the_checks_in_front()
    {
        PluginCatalog catalog = _plugins.Catalog();
        Assert.Equal("ReferenceCpu", Assert.Single(catalog.Plugins).Manifest.Id);
        await using IDevice device = catalog.Open("referencecpu", new DeviceRequest());
        Assert.IsType<ValidatingDevice>(device);
        Assert.Equal("ReferenceCpu", device.Info.Backend);
    }

    [Fact]
    public async Task A_plugin_that_is_replaced_while_in_use_works_on_as_it_was_loaded()
    {
        PluginCatalog catalog = _plugins.With("SpiNNaker2Emu").Catalog();
        await using IDevice before = catalog.Open("SpiNNaker2Emu", new DeviceRequest());
        // As a build does: the old files go, others appear under their names.
        foreach (string file in Directory.GetFiles(Path.Combine(_plugins.Path, "SpiNNaker2Emu"), "*.dll"))
        {
            File.Delete(file);
            File.WriteAllText(file, "half a build");
        }
        await using IDevice after = catalog.Open("SpiNNaker2Emu", new DeviceRequest());
        foreach (IDevice device in new[] { before, after })
        {
            DramBuffer<int> far = device.Dram.Allocate<int>("far", 4);
            SramBuffer<int> near = device.Cores[0].Sram.Allocate<int>("near", 4);
            device.Host.Write<int>(new[] { 1, 2, 3, 4 }, far);
            device.Superstep("copy", core => core.Dma.Wait(core.Dma.Load<int>(far, near)));
            var read = new int[4];
            device.Host.Read<int>(near, read);
            Assert.Equal([1, 2, 3, 4], read);
            Assert.True(device.ReadCounters().Elapsed > SimTime.Zero);
            Assert.NotEmpty(device.SaveState().ToArray());
        }
    }

    [Fact]
    public void A_plugin_whose_files_change_while_it_is_loaded_is_refused_rather_than_mixed()
    {
        string folder = Path.Combine(_plugins.Path, "Odd");
        _plugins.With("WritingPlugin", "Odd", PluginFolder.Manifest("Odd", "WritingPlugin.dll"));
        BadPluginException e = Assert.Throws<BadPluginException>(() => _plugins.Catalog().Load("Odd"));
        Assert.Contains($"the files in {folder} changed while they were loaded", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_plugins_work_beside_each_other()
    {
        PluginCatalog catalog = _plugins.With("SpiNNaker2Emu").Catalog();
        await using IDevice cpu = catalog.Open("ReferenceCpu", new DeviceRequest());
        await using IDevice chip = catalog.Open("SpiNNaker2Emu", new DeviceRequest());
        Assert.Equal(DeviceKind.Host, cpu.Info.Kind);
        Assert.Equal("spinnaker2-prototype", chip.Info.Profile);
    }

    [Fact]
    public async Task A_backend_gets_its_own_section_of_the_configuration()
    {
        PluginCatalog catalog = _plugins.Catalog(("backends:ReferenceCpu:sramPerCore", "4096"));
        await using IDevice device = catalog.Open("ReferenceCpu", new DeviceRequest());
        Assert.Equal(new Bytes(4096), device.Info.SramPerCore);
    }

    [Fact]
    public void An_unknown_backend_lists_those_there_are()
    {
        string message = Assert.Throws<BadArgumentException>(() => _plugins.With("SpiNNaker2Emu").Catalog().Load("Loihi")).Message;
        Assert.Contains("found in", message, StringComparison.Ordinal);
        Assert.Contains("ReferenceCpu, SpiNNaker2Emu", message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Broken { get; } = new()
    {
        { "throwing constructor", "its constructor failed: the board is not connected" },
        { "throwing registration", "registration is yet to be written" },
        { "two entries", "has 2 public classes that implement IBackendPlugin" },
        { "no entry", "has 0 public classes that implement IBackendPlugin" },
        { "no backend", "registers no IBackend" },
        { "other id", "brings a backend called 'ReferenceCpu'" },
        { "corrupt assembly", "Odd.dll" },
        { "missing assembly", "Odd.dll is missing" },
        { "newer contract", "was built for contract 1.99.0" },
        { "other contract", "was built for contract 2.0.0" },
        { "wrong hash", "does not have the SHA-256 that its manifest gives" },
        { "malformed manifest", "neurohal-plugin.json: line 3" },
        { "unknown field", "colour" },
        { "missing field", "entryAssembly" },
        { "empty manifest", "the manifest is empty" },
        { "assembly elsewhere", "it must be a file name in the same folder" },
        { "assembly that is no file name", "entryAssembly is 'a\\u0000b'; it must be a file name" },
        { "id that is part of settings", "id is 'Odd:x'; it must be of letters" },
        { "id that steers a terminal", "id is '\\u001b[2J'; it must be of letters" },
        { "long id", "aaa'; it must be of letters, digits, points, hyphens and underscores, 1 to 100 of them" },
        { "field twice", "neurohal-plugin.json: line 1" },
        { "long manifest", "more than 65536 bytes; that is no manifest" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_plugin_is_one_clear_line_and_the_others_keep_working(string defect, string message)
    {
        PluginCatalog catalog = Break(defect).Catalog();
        Assert.Equal("ReferenceCpu", Assert.Single(catalog.LoadAll()).Id);
        PluginProblem problem = Assert.Single(catalog.Problems);
        Assert.Equal("Odd", problem.Id);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
        // Where the manifest is good, it is told again to whoever asks for that backend.
        Assert.Equal(problem.Message, Assert.Throws<BadPluginException>(() => catalog.Load("Odd")).Message);
    }

    [Fact]
    public void Two_plugins_with_one_id_are_both_left_out_and_both_named()
    {
        PluginCatalog catalog = _plugins.With("SpiNNaker2Emu").With("ReferenceCpu", folder: "copy").Catalog();
        Assert.Equal("SpiNNaker2Emu", Assert.Single(catalog.LoadAll()).Id);
        PluginProblem problem = Assert.Single(catalog.Problems);
        Assert.Contains("there twice", problem.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_plugins.Path, "copy"), problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_is_pinned_loads_where_trust_is_pinned()
    {
        string pin = PluginDigest.Of(Path.Combine(_plugins.Path, "ReferenceCpu"));
        _plugins.With("SpiNNaker2Emu");
        PluginCatalog trusting = _plugins.Catalog(("plugins:trust", "pinned"), ("plugins:pins:ReferenceCpu", pin));
        Assert.Equal("ReferenceCpu", Assert.Single(trusting.LoadAll()).Id);
        Assert.Contains("'SpiNNaker2Emu' has no pin", Assert.Single(trusting.Problems).Message, StringComparison.Ordinal);
        Assert.Empty(_plugins.Catalog(("plugins:trust", "pinned")).LoadAll());
        Assert.Equal(2, _plugins.Catalog(("plugins:trust", "any")).LoadAll().Count);
    }

    [Theory]
    [InlineData(CpuAssembly)]
    [InlineData(PluginManifest.FileName)]
    [InlineData("private/Dependency.dll")]
    public void A_pin_holds_every_file_of_the_folder(string file)
    {
        string pin = PluginDigest.Of(Path.Combine(_plugins.Path, "ReferenceCpu"));
        string path = Path.Combine(_plugins.Path, "ReferenceCpu", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, " ");
        PluginCatalog catalog = _plugins.Catalog(("plugins:pins:ReferenceCpu", pin));
        Assert.Empty(catalog.LoadAll());
        Assert.Contains("not those it was pinned by", Assert.Single(catalog.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_a_link_cannot_be_pinned()
    {
        string folder = Path.Combine(_plugins.Path, "ReferenceCpu");
        // Two links back upwards: followed, they would give a folder of a million million files.
        Directory.CreateSymbolicLink(Path.Combine(folder, "a"), folder);
        Directory.CreateSymbolicLink(Path.Combine(folder, "b"), folder);
        Assert.Contains("is a link; a plugin is pinned by its files", Assert.Throws<BadPluginException>(() => PluginDigest.Of(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_would_make_two_folders_look_alike_cannot_be_pinned()
    {
        string folder = Path.Combine(_plugins.Path, "ReferenceCpu");
        File.WriteAllText(Path.Combine(folder, "a\n00  .b"), "");
        Assert.Contains("'./a 00  .b' is no name", Assert.Throws<BadPluginException>(() => PluginDigest.Of(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trust_that_is_neither_is_refused() =>
        Assert.Contains("any or pinned", Assert.Throws<BadArgumentException>(() => _plugins.Catalog(("plugins:trust", "all"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_link_out_of_the_plugins_folder_is_not_followed()
    {
        using PluginFolder elsewhere = new PluginFolder().With("SpiNNaker2Emu");
        Directory.CreateSymbolicLink(Path.Combine(_plugins.Path, "linked"), Path.Combine(elsewhere.Path, "SpiNNaker2Emu"));
        _plugins.WithFile("Odd", PluginManifest.FileName, PluginFolder.Manifest("Odd", "Odd.dll"));
        File.CreateSymbolicLink(
            Path.Combine(_plugins.Path, "Odd", "Odd.dll"), Path.Combine(elsewhere.Path, "SpiNNaker2Emu", "NeuroHal.SpiNNaker2Emu.dll"));
        PluginCatalog catalog = _plugins.Catalog();
        Assert.Equal("ReferenceCpu", Assert.Single(catalog.LoadAll()).Id);
        Assert.Equal(2, catalog.Problems.Count);
        Assert.All(catalog.Problems, p => Assert.Contains("is a link to", p.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_without_manifest_is_no_plugin()
    {
        PluginCatalog catalog = _plugins.WithFile("notes", "readme.txt", "not a plugin").Catalog();
        Assert.Single(catalog.Plugins);
        Assert.Empty(catalog.Problems);
    }

    private PluginFolder Break(string defect)
    {
        string own = PluginFolder.Manifest("Odd", "Odd.dll");
        return defect switch
        {
            "throwing constructor" => _plugins.With("ThrowingPlugin", "Odd", PluginFolder.Manifest("Odd", "ThrowingPlugin.dll")),
            "throwing registration" => _plugins.With("ThrowingLaterPlugin", "Odd", PluginFolder.Manifest("Odd", "ThrowingLaterPlugin.dll")),
            "two entries" => _plugins.With("TwoEntriesPlugin", "Odd", PluginFolder.Manifest("Odd", "TwoEntriesPlugin.dll")),
            "no backend" => _plugins.With("NoBackendPlugin", "Odd", PluginFolder.Manifest("Odd", "NoBackendPlugin.dll")),
            "no entry" => _plugins.With("Abstractions", "Odd", PluginFolder.Manifest("Odd", "NeuroHal.Abstractions.dll")),
            "other id" => _plugins.With("ReferenceCpu", "Odd", PluginFolder.Manifest("Odd", CpuAssembly)),
            "wrong hash" => _plugins.With("ReferenceCpu", "Odd", PluginFolder.Manifest("Odd", CpuAssembly, sha256: new string('0', 64))),
            "newer contract" => _plugins.With("ReferenceCpu", "Odd", PluginFolder.Manifest("Odd", CpuAssembly, "1.99.0")),
            "other contract" => _plugins.With("ReferenceCpu", "Odd", PluginFolder.Manifest("Odd", CpuAssembly, "2.0.0")),
            "corrupt assembly" => _plugins.WithFile("Odd", "Odd.dll", "MZ, but nothing else").WithFile("Odd", PluginManifest.FileName, own),
            "missing assembly" => _plugins.WithFile("Odd", PluginManifest.FileName, own),
            "malformed manifest" => _plugins.WithFile("Odd", PluginManifest.FileName, "{\n  \"id\": \"Odd\",\n  \"version\" 1\n}"),
            "unknown field" => _plugins.WithFile("Odd", PluginManifest.FileName, own.Replace("\"version\"", "\"colour\": \"red\", \"version\"", StringComparison.Ordinal)),
            "missing field" => _plugins.WithFile("Odd", PluginManifest.FileName, """{ "id": "Odd", "version": "0.1.0", "contractVersion": "1.0.0" }"""),
            "empty manifest" => _plugins.WithFile("Odd", PluginManifest.FileName, "null"),
            "assembly that is no file name" => _plugins.WithFile("Odd", PluginManifest.FileName, PluginFolder.Manifest("Odd", "a\\u0000b")),
            "id that is part of settings" => _plugins.WithFile("Odd", PluginManifest.FileName, PluginFolder.Manifest("Odd:x", "Odd.dll")),
            "id that steers a terminal" => _plugins.WithFile("Odd", PluginManifest.FileName, PluginFolder.Manifest("\\u001b[2J", "Odd.dll")),
            "long id" => _plugins.WithFile("Odd", PluginManifest.FileName, PluginFolder.Manifest(new string('a', 101), "Odd.dll")),
            "field twice" => _plugins.WithFile("Odd", PluginManifest.FileName, own.Replace("\"id\"", "\"id\": \"Odd\", \"id\"", StringComparison.Ordinal)),
            "long manifest" => _plugins.WithFile("Odd", PluginManifest.FileName, own + new string(' ', 65536)),
            "assembly elsewhere" => _plugins.WithFile("Odd", PluginManifest.FileName, PluginFolder.Manifest("Odd", "../ReferenceCpu/" + CpuAssembly)),
            _ => throw new ArgumentOutOfRangeException(nameof(defect), defect, null),
        };
    }
}
