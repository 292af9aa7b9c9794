using NeuroHal.Fuzz.Mutations;

namespace NeuroHal.Fuzz.Tests;

/// <summary>A campaign finds what is wrong with readers that have something wrong with them.</summary>
public sealed class CampaignTests
{
    private delegate IEnumerable<string> Reading(byte[] input);

    [Fact]
    public void A_reader_without_a_defect_passes()
    {
        Figures figures = Run(input => input[0] < 128 ? ["good"] : throw new BadDataException("bad"));
        Assert.Equal((1000, 0), (figures.Inputs, figures.Others));
        Assert.True(figures.Successes > 50 && figures.TypedErrors > 50, figures.ToString());
    }

    [Fact]
    public void An_exception_of_another_kind_is_a_defect() =>
        Assert.Contains("IndexOutOfRangeException", First(input => [$"{input[input[0]]}"]).What, StringComparison.Ordinal);

    [Fact]
    public void A_line_that_a_terminal_would_obey_is_a_defect() =>
        Assert.Contains("U+", First(input => [System.Text.Encoding.Latin1.GetString(input)]).What, StringComparison.Ordinal);

    [Fact]
    public void A_message_that_says_nothing_is_a_defect() =>
        Assert.Contains("says nothing", First(_ => throw new BadDataException("")).What, StringComparison.Ordinal);

    [Fact]
    public void Memory_by_a_length_that_was_not_checked_is_a_defect() =>
        Assert.Contains("bytes of memory", First(input => [$"{GC.AllocateUninitializedArray<byte>(input[0] << 20).Length}"]).What, StringComparison.Ordinal);

    [Fact]
    public void A_failure_can_be_seen_again()
    {
        Failure failure = First(input => [$"{input[input[0]]}"]);
        using var reader = new Defective(input => []);
        Assert.Equal(failure.Input, reader.Make(Dice.Of(failure.Seed, failure.Reader, failure.Number)));
        Assert.Contains(Convert.ToBase64String(failure.Input), failure.ToString(), StringComparison.Ordinal);
    }

    private static Failure First(Reading read) => Run(read).Failures[0];

    private static Figures Run(Reading read)
    {
        using var reader = new Defective(read);
        return new Campaign("defective", 1).Run(reader, 0, 1000);
    }

    private sealed class Defective(Reading read) : FuzzedReader
    {
        public override IReadOnlyList<byte[]> Seeds { get; } = [[3, 1, 4, 1, 5, 9, 2, 6]];

        public override IEnumerable<string> Read(byte[] input) => input.Length == 0 ? throw new BadDataException("nothing") : read(input);
    }
}
