using CsCheck;
using NeuroHal.SpiNNaker2Emu.Faults;

namespace NeuroHal.Backends.Tests.Faults;

/// <summary>A fault plan is data from outside: checked, and refused in one line that names the key.</summary>
public sealed class FaultPlanTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("""{ "upsets": [ { "rate": -1 } ] }""", "upsets[0].rate is -1; it must be 0 to 1000")]
    [InlineData("""{ "upsets": [ { "rate": 1e-4 }, { "rate": 1001 } ] }""", "upsets[1].rate is 1001")]
    [InlineData("""{ "upsets": [ { } ] }""", "rate")]
    [InlineData("""{ "upsets": [ { "rate": "often" } ] }""", "$.upsets[0].rate")]
    [InlineData("""{ "upsets": [ { "rate": 1, "buffer": "x" } ] }""", "buffer")]
    [InlineData("""{ "upsets": [ { "rate": 1, "buffers": [ "" ] } ] }""", "upsets[0].buffers is empty")]
    [InlineData("""{ "upsets": [ { "rate": 1, "phases": [ "sleep" ] } ] }""", "$.upsets[0].phases")]
    [InlineData("""{ "upsets": [ { "rate": 1, "cores": [ 3 ] } ] }""", "upsets[0].cores is 3; it must be 0 to 1, the cores in use")]
    [InlineData("""{ "upsets": [ { "rate": 1, "highestBit": 32 } ] }""", "upsets[0].highestBit is 32; it must be 0 to 31")]
    [InlineData("""{ "upsets": [ { "rate": 1, "lowestBit": 9, "highestBit": 8 } ] }""", "upsets[0].highestBit is 8; it must be 9 to 31")]
    [InlineData("""{ "upsets": [ { "rate": 1, "until": 1e300 } ] }""", "upsets[0].until is 1E+300")]
    [InlineData("""{ "upsets": [ null ] }""", "upsets[0] is null")]
    [InlineData("""{ "upsets": null }""", "upsets")]
    [InlineData("""{ "flips": [ { "core": 0, "address": 70000, "bit": 0, "time": 0 } ] }""", "flips[0].address is 70000; it must be below 65536")]
    [InlineData("""{ "flips": [ { "core": 0, "address": 0, "bit": 8, "time": 0 } ] }""", "flips[0].bit is 8; it must be 0 to 7")]
    [InlineData("""{ "deadCores": [ { "core": -1, "time": 0 } ] }""", "deadCores[0].core is -1")]
    [InlineData("""{ "deadCores": [ { "core": 0, "time": -1 } ] }""", "deadCores[0].time is -1")]
    [InlineData("""{ "slowCores": [ { "core": 0, "factor": 0 } ] }""", "slowCores[0].factor is 0; it must be 0.001 to 1")]
    [InlineData("""{ "transfers": [ { "effect": "vanish", "rate": 1 } ] }""", "$.transfers[0].effect")]
    [InlineData("""{ "transfers": [ { "effect": "lose", "rate": 2 } ] }""", "transfers[0].rate is 2; it must be a chance, 0 to 1")]
    [InlineData("""{ "transfers": [ { "effect": "lose" } ] }""", "transfers[0].rate is 0; it must be above 0 where no nth is given")]
    [InlineData("""{ "transfers": [ { "effect": "lose", "nth": 0 } ] }""", "transfers[0].nth is 0; it must be at least 1")]
    [InlineData("""{ "timeoutCycles": 0 }""", "timeoutCycles is 0")]
    [InlineData("""{ "seed": -1 }""", "$.seed")]
    [InlineData("""{ "seed": 1, "seed": 2 }""", "seed")]
    [InlineData("""{ "colour": "red" }""", "colour")]
    [InlineData("null", "empty")]
    [InlineData("[1]", "line 1")]
    [InlineData("{", "line 1")]
    public void A_wrong_plan_is_refused_with_file_and_key(string json, string message)
    {
        File.WriteAllText(_file, json);
        string actual = Assert.Throws<BadDataException>(() => Open(_file)).Message;
        Assert.StartsWith(_file, actual, StringComparison.Ordinal);
        Assert.Contains(message, actual, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', actual);
    }

    [Theory]
    [InlineData("nowhere.json", "'nowhere.json' is no file")]
    [InlineData("upsets:rate=1", "'upsets' is none of upset, flip, dead, slow, lose, drop, corrupt")]
    [InlineData("upset:rate;seed=1", "'rate' in 'upset:rate' is not of the form KEY=VALUE")]
    [InlineData("upset:rate=1,rate=2", "gives 'rate' twice")]
    [InlineData("=", "not of the form KEY=VALUE")]
    public void A_wrong_short_form_is_refused_with_the_part(string spec, string message) =>
        Assert.Contains(message, Assert.Throws<BadArgumentException>(() => Open(spec)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("upset:rate=often", "$.upsets[0].rate")]
    [InlineData("dead:core=0.5,time=1", "$.deadCores[0].core")]
    [InlineData("lose:rate=3", "transfers[0].rate is 3")]
    public void What_the_short_form_says_is_checked_like_a_file(string spec, string message) =>
        Assert.Contains(message, Assert.Throws<BadDataException>(() => Open(spec)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_short_form_is_the_same_plan_as_the_file()
    {
        File.WriteAllText(_file, """
            {
              "$schema": "faults.schema.json",
              "seed": 7, "parity": true, "timeoutCycles": 500,
              "upsets": [ { "rate": 1e-4, "buffers": [ "*theta*", "1" ], "cores": [ 0, 1 ], "phases": [ "train" ], "highestBit": 22, "from": 0.5, "until": 2 } ],
              "flips": [ { "core": 0, "address": 4, "bit": 3, "time": 0.25, "buffer": "x" } ],
              "deadCores": [ { "core": 1, "time": 0.5 } ],
              "slowCores": [ { "core": 0, "factor": 0.5 } ],
              "transfers": [ { "effect": "lose", "nth": 100 }, { "effect": "corrupt", "rate": 0.01, "kinds": [ "load", "send" ] } ]
            }
            """);
        const string Spec = "seed=7;parity=true;timeoutCycles=500;upset:rate=1e-4,buffers=*theta*|1,cores=0|1,phases=train,highestBit=22,from=0.5,until=2;"
            + "flip:core=0,address=4,bit=3,time=0.25,buffer=x;dead:core=1,time=0.5;slow:core=0,factor=0.5;lose:nth=100;corrupt:rate=0.01,kinds=load|send";
        FaultPlan file = FaultPlanFile.Load(_file) with { Schema = null };
        Assert.Equal(FaultPlanFile.ToLine(file), FaultPlanFile.ToLine(FaultPlanFile.Load(Spec)));
        Assert.Equal(7UL, file.Seed);
    }

    [Fact]
    public void The_published_schema_is_that_of_what_is_read() =>
        Assert.Equal(FaultPlanFile.Schema, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "faults.schema.json")).TrimEnd());

    [Fact]
    public void A_profile_may_bring_a_plan()
    {
        string json = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "profiles", "spinnaker2-prototype.json"));
        File.WriteAllText(_file, json.Replace("\"cores\": 4,", "\"cores\": 4, \"faults\": { \"upsets\": [ { \"rate\": 3 } ] },", StringComparison.Ordinal));
        Assert.Contains("\"rate\":3", Backends.Emu(("profile", _file)).Open().Find<IFaultReport>()!.Plan, StringComparison.Ordinal);
        File.WriteAllText(_file, json.Replace("\"cores\": 4,", "\"cores\": 4, \"faults\": { \"upsets\": [ { \"rate\": -3 } ] },", StringComparison.Ordinal));
        Assert.Contains("faults: upsets[0].rate is -3", Assert.Throws<BadDataException>(() => Backends.Emu(("profile", _file)).Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_no_buffer_has_is_refused_before_anything_runs()
    {
        using var run = new FaultyRun("upset:rate=1,buffers=*theat*");
        run.Device.Cores[0].Sram.Allocate<float>("theta", 4);
        bool ran = false;
        string message = Assert.Throws<BadDataException>(() => run.Device.Superstep("first", _ => ran = true)).Message;
        Assert.Equal("Faults: upsets[0].buffers is '*theat*', but no buffer is called so; there are theta.", message);
        Assert.False(ran);
    }

    [Fact]
    public void A_backend_that_has_no_faults_to_give_refuses_a_plan() =>
        Assert.Contains(
            "faults asked for",
            Assert.Throws<NotSupportedByDeviceException>(() => Backends.Cpu().Open(new DeviceRequest { Faults = "upset:rate=1" })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Any_text_is_a_plan_or_one_typed_line() =>
        Gen.OneOf(
                Gen.String[Gen.Char["upsetflidaowrc:;=,*|.-0123456789 \"{}[]"], 0, 60],
                Gen.Select(Choice.Of("upset:", "flip:", "dead:", "slow:", "lose:", "seed="), Gen.String[0, 20], (a, b) => a + b),
                Gen.Select(Choice.Of("upset:rate=", "dead:core=0,time=", "flip:core=0,address=0,bit=1,time=", "seed="), Gen.Double, (a, d) => $"{a}{d:R}"))
            .Sample(text =>
            {
                try
                {
                    Open(text).DisposeAsync().AsTask().GetAwaiter().GetResult();
                }
                catch (NeuroHalException e)
                {
                    return !e.Message.Contains('\n', StringComparison.Ordinal) || text.Contains('\n', StringComparison.Ordinal);
                }
                return true;
            });

    private static IDevice Open(string faults) => Backends.Emu().Open(new DeviceRequest { Cores = 2, Faults = faults });
}
