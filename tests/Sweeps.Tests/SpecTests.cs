using System.Globalization;
using CsCheck;
using NeuroHal.Sweeps.Planning;
using NeuroHal.Sweeps.Specification;

namespace NeuroHal.Sweeps.Tests;

public sealed class SpecTests
{
    [Fact]
    public void List_random_and_grid_multiply_and_the_last_key_changes_fastest()
    {
        SweepSpec spec = Some.Spec("""
            {
              "list": [{ "a:x": "one", "a:y": true }, { "a:x": "two" }],
              "random": { "count": 2, "keys": { "b:z": { "from": 0, "to": 1 } } },
              "grid": { "c:p": [[0.1, 0.2], 0.3], "c:q": [1, 2, 3] }
            }
            """);
        Assert.Equal(["a:x", "a:y", "b:z", "c:p", "c:q"], spec.Keys);
        IReadOnlyDictionary<string, string>[] all = [.. spec.Combinations()];
        Assert.Equal(24, spec.Count);
        Assert.Equal(24, all.Length);
        Assert.Equal(["1", "2", "3", "1", "2", "3", "1"], all.Take(7).Select(c => c["c:q"]));
        Assert.Equal(["0.1,0.2", "0.1,0.2", "0.1,0.2", "0.3"], all.Take(4).Select(c => c["c:p"]));
        Assert.True(all[0].ContainsKey("a:y"));
        Assert.False(all[12].ContainsKey("a:y"));
        Assert.Equal(24, all.Select(c => string.Join(' ', c.OrderBy(v => v.Key))).Distinct().Count());
    }

    [Theory]
    [InlineData("""{ "gird": { "a:b": [1] } }""", "Did you mean 'grid'?")]
    [InlineData("""{ "grid": { "a": [1] } }""", "unknown setting 'a'")]
    [InlineData("""{ "grid": { "a:b": [] } }""", "sweep:grid:a:b must be an array of values, at least one")]
    [InlineData("""{ "grid": { "a:b": [1, 1] } }""", "has a value twice")]
    [InlineData("""{ "grid": { "a:b": [1], "A:B": [2] } }""", "'A:B' is there twice")]
    [InlineData("""{ "grid": { "a:b": [1] }, "list": [{ "a:b": 2 }] }""", "more than one of grid, random and list")]
    [InlineData("""{ "slurm": { "partition": "long" } }""", "nothing is swept")]
    [InlineData("""{ "grid": { "a:b": [1] }, "slurm": { "array": "1-3" } }""", "'array' is what the sweep itself says to sbatch")]
    [InlineData("""{ "random": { "count": 3, "keys": { "a:b": { "distribution": "unifrom", "from": 1, "to": 2 } } } }""", "Did you mean 'uniform'?")]
    [InlineData("""{ "random": { "count": 3, "keys": { "a:b": { "distribution": "log-uniform", "from": 0, "to": 2 } } } }""", "from must be less than to, and more than 0")]
    [InlineData("""{ "random": { "keys": { "a:b": [1] } } }""", "sweep:random:count is missing")]
    [InlineData("""{ "random": { "count": 60000, "keys": { "a:b": [1] } }, "grid": { "a:c": [1, 2] } }""", "more than 100000 runs")]
    [InlineData("""[]""", "sweep must be an object")]
    public void What_is_wrong_is_said_in_a_line(string json, string part) =>
        Assert.Contains(part, Assert.Throws<BadArgumentException>(() => Some.Spec(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void More_draws_and_other_keys_leave_the_draws_there_were()
    {
        const string Few = """{ "random": { "count": 3, "seed": 7, "keys": { "a:b": { "from": 0, "to": 1 } } } }""";
        const string More = """{ "random": { "count": 9, "seed": 7, "keys": { "a:a": [1, 2], "a:b": { "from": 0, "to": 1 } } } }""";
        string[] few = [.. Some.Spec(Few).Combinations().Select(c => c["a:b"])];
        Assert.Equal(few, Some.Spec(More).Combinations().Take(3).Select(c => c["a:b"]));
        Assert.Equal(3, few.Distinct().Count());
        Assert.NotEqual(few, Some.Spec(Few.Replace("7", "8", StringComparison.Ordinal)).Combinations().Select(c => c["a:b"]));
    }

    [Fact]
    public void Draws_stay_in_their_range_and_reach_all_of_it()
    {
        Gen.Select(Gen.Double[1e-6, 1], Gen.Double[2, 1e6], Gen.ULong, Gen.Int[0, 1000]).Sample((from, to, seed, index) =>
        {
            foreach (Draw draw in new Draw[] { new Draw.Uniform(from, to), new Draw.LogUniform(from, to) })
            {
                double value = double.Parse(draw.At(seed, "a:b", index), CultureInfo.InvariantCulture);
                Assert.InRange(value, from * (1 - 1e-5), to * (1 + 1e-5)); // six digits
            }
        }, iter: 200);
        string[] whole = [.. Enumerable.Range(0, 200).Select(i => new Draw.Integer(-1, 2).At(1, "a:b", i)).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["-1", "0", "1", "2"], whole);
        // Half of a logarithmic range lies below its geometric mean.
        int low = Enumerable.Range(0, 1000).Count(i => double.Parse(new Draw.LogUniform(1e-4, 1).At(3, "a:b", i), CultureInfo.InvariantCulture) < 1e-2);
        Assert.InRange(low, 430, 570); // four and a half standard deviations of 1000 even draws
    }

    [Fact]
    public void A_runs_id_depends_on_its_settings_alone()
    {
        KeyValuePair<string, string> seed = new("training:seed", "1"), cores = new("device:cores", "2");
        // Written down, so that no later version gives finished runs other names.
        Assert.Equal("05865c2d2ccc", RunId.Of([seed, cores]));
        Assert.Equal(RunId.Of([seed, cores]), RunId.Of([new("Device:Cores", "2"), seed]));
        Assert.NotEqual(RunId.Of([seed, cores]), RunId.Of([seed, new("device:cores", "1")]));
        Assert.NotEqual(RunId.Of([new("a", "1\nB=2")]), RunId.Of([new("a", "1"), new("b", "2")]));
    }
}
