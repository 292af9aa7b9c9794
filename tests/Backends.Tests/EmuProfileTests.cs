namespace NeuroHal.Backends.Tests;

/// <summary>A device profile is data from outside: checked, and refused with file and place.</summary>
public sealed class EmuProfileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly string _shipped = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "profiles", "spinnaker2-prototype.json"));

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("spinnaker2-prototype", 4, 65_536)]
    [InlineData("spinnaker2", 152, 131_072)]
    [InlineData("spinnaker2-board", 7296, 131_072)]
    public void A_shipped_profile_is_that_chip(string profile, int cores, long sram)
    {
        IBackend backend = Backends.Emu(("profile", profile));
        Assert.Equal(new Bytes(sram), backend.Open(cores).Info.SramPerCore);
        Assert.Throws<NotSupportedByDeviceException>(() => backend.Open(cores + 1));
    }

    [Fact]
    public void A_copied_and_changed_profile_is_another_chip()
    {
        Write("\"value\": 65536", "\"value\": 32768", "\"low\": 65536", "\"low\": 32768");
        Assert.Equal(Bytes.FromKiB(32), Backends.Emu(("profile", _file)).Open().Info.SramPerCore);
    }

    [Theory]
    [InlineData("\"unit\": \"pJ/B\"", "\"unit\": \"nJ/B\"", "has the unit 'nJ/B'; it must be 'pJ/B'")]
    [InlineData("\"value\": 180,", "\"value\": 80,", "energy.coreCycle has low 90, value 80, high 196; they must be in this order")]
    [InlineData("\"value\": 180,", "\"value\": 180", "line ")]
    [InlineData("\"coreCycle\"", "\"coreCycles\"", "coreCycles")]
    [InlineData("\"source\": \"Liu et al. 2018\"", "\"source\": \" \"", "has no source")]
    [InlineData("\"cores\": 4", "\"cores\": 0", "cores is 0; it must be 1 to 1024")]
    [InlineData("\"value\": 125000000.0", "\"value\": \"fast\"", "line ")]
    [InlineData("500000000.0", "500", "levels has a clock outside 10000 to 10000000000 Hz")]
    [InlineData("\"levels\": [", "\"levels\": [ null,", "levels holds a null")]
    [InlineData("\"cores\": 4", "\"cores\": 4, \"cores\": 4", "line ")]
    [InlineData("\"name\": \"PL2\"", "\"name\": \"PL1\"", "levels has a name twice")]
    [InlineData("\"name\": \"PL2\"", "\"name\": \"[red].x\"", "levels has the name '[red].x'")]
    [InlineData("\"name\": \"spinnaker2-prototype\"", "\"name\": \"\\u001b[2J\"", "name is '\\u001b[2J'; it must be a line of text")]
    [InlineData("\"high\": 196", "\"high\": 1e999", "energy.coreCycle has low 90, value 180, high ")]
    [InlineData("\"low\": 90", "\"low\": -1e999", "energy.coreCycle has the lower bound -")]
    [InlineData("\"high\": 196", "\"high\": 1e300", "energy.coreCycle has low 90, high 1E+300; pJ can be 0 to 1000000000")]
    [InlineData("\"value\": 65536", "\"value\": 65536.5, \"high\": 65537", "line ")]
    public void A_wrong_profile_is_refused_with_file_and_place(string was, string becomes, string message)
    {
        Write(was, becomes);
        string actual = Assert.Throws<BadDataException>(() => Backends.Emu(("profile", _file)).Open()).Message;
        Assert.StartsWith(_file, actual, StringComparison.Ordinal);
        Assert.Contains(message, actual, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', actual);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{ \"energy\": 1 }")]
    public void A_wrong_profile_is_refused_also_where_constants_are_replaced(string profile)
    {
        File.WriteAllText(_file, profile);
        var request = new DeviceRequest { Constants = new Dictionary<string, double> { ["energy.coreCycle"] = 180 } };
        Assert.StartsWith(_file, Assert.Throws<BadDataException>(() => Backends.Emu(("profile", _file)).Open(request)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("energy.coreCycle", double.NaN)]
    [InlineData("energy.coreCycle", double.PositiveInfinity)]
    [InlineData("energy.coreCycle.value", 180)]
    [InlineData("levels.PL9.supply", 1)]
    [InlineData("cores", 1)]
    [InlineData("", 1)]
    public void A_constant_that_is_none_is_refused(string id, double value) =>
        Assert.Throws<BadArgumentException>(() => Backends.Emu().Open(
            new DeviceRequest { Constants = new Dictionary<string, double> { [id] = value } }));

    [Fact]
    public void A_file_without_end_is_no_profile() =>
        Assert.Throws<BadDataException>(() => Backends.Emu(("profile", "/dev/zero")).Open());

    [Fact]
    public void The_published_schema_is_that_of_what_is_read() =>
        Assert.Equal(SpiNNaker2Emu.Profile.ProfileFile.Schema, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "profile.schema.json")).TrimEnd());

    [Fact]
    public void Every_constant_that_no_publication_gives_says_that_it_is_assumed()
    {
        IEnumerable<string> sources = _shipped.Split('\n').Where(l => l.Contains("\"source\"", StringComparison.Ordinal));
        Assert.All(sources, s => Assert.Matches("et al\\. \\d{4}|TI SWCU192|DDI 0439|derived:|assumed:", s));
    }

    private void Write(params string[] replacements)
    {
        string json = _shipped;
        for (int i = 0; i < replacements.Length; i += 2)
        {
            Assert.Contains(replacements[i], json, StringComparison.Ordinal);
            json = json.Replace(replacements[i], replacements[i + 1], StringComparison.Ordinal);
        }
        File.WriteAllText(_file, json);
    }
}
