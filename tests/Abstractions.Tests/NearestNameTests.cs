namespace NeuroHal.Abstractions.Tests;

/// <summary>What somebody may have meant.</summary>
public sealed class NearestNameTests
{
    private static readonly string[] _verbs = ["train", "compare", "plan", "data"];

    [Theory]
    [InlineData("train", "train")]
    [InlineData("trian", "train")] // two swapped
    [InlineData("trai", "train")] // one missing
    [InlineData("ttrain", "train")] // one too many
    [InlineData("TRAIM", "train")] // one wrong; case is no matter
    [InlineData("comare", "compare")]
    [InlineData("p", null)] // three letters off
    [InlineData("tarni", null)] // three steps
    [InlineData("fly", null)]
    [InlineData("", null)]
    public void A_third_of_the_letters_may_be_wrong(string given, string? expected) => Assert.Equal(expected, NearestName.Of(given, _verbs));

    [Fact]
    public void The_first_of_the_nearest_is_meant()
    {
        Assert.Equal("aab", NearestName.Of("aaa", ["xyz", "aab", "aac"]));
        Assert.Equal("aac", NearestName.Of("aac", ["aab", "aac"]));
        Assert.Null(NearestName.Of("aaa", []));
    }

    [Fact]
    public void It_ends_a_message()
    {
        Assert.Equal(" Did you mean 'plan'?", NearestName.Question("plam", _verbs));
        Assert.Equal("", NearestName.Question("zebra", _verbs));
    }

    [Fact]
    public void What_is_far_too_long_is_no_slip() => Assert.Null(NearestName.Of(new string('a', 100_000), [new string('a', 100_000)]));
}
