using CsCheck;
using NeuroHal.Fuzz.Mutations;

namespace NeuroHal.Fuzz.Tests;

/// <summary>Whatever is read: a success or a typed error of one line, in bounded time and memory.</summary>
public sealed class ReaderTests : IDisposable
{
    private const ulong Seed = 1;

    // For a share of 1; a few seconds in all.
    private const int Inputs = 1000;

    private readonly FuzzFolder _folder = new();

    public static TheoryData<string> Readers => [.. ReaderTable.All.Select(r => r.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Readers))]
    public void Damaged_input_is_read_or_refused_properly(string name)
    {
        ReaderEntry entry = Entry(name);
        using FuzzedReader reader = entry.Open(_folder.Path);
        Figures figures = new Campaign(name, Seed).Run(reader, 0, (long)(Inputs * entry.Share));
        Assert.True(figures.Others == 0, string.Join(Environment.NewLine, figures.Failures));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Bytes_that_were_never_anything_are_read_or_refused_properly(string name)
    {
        using FuzzedReader reader = Entry(name).Open(_folder.Path);
        // Other ones each time; CsCheck tells the seed, and makes a failing input smaller.
        Gen.Byte.Array[0, 300].Sample(bytes => Assert.Null(Verdict.Of(reader, bytes).Defect), iter: 20, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void What_is_damaged_was_good_before(string name)
    {
        using FuzzedReader reader = Entry(name).Open(_folder.Path);
        Verdict verdict = Verdict.Of(reader, reader.Seeds[0]);
        Assert.True(verdict is { IsSuccess: true, Defect: null }, verdict.ToString());
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void An_input_is_determined_by_seed_and_number(string name)
    {
        using FuzzedReader reader = Entry(name).Open(_folder.Path);
        byte[][] Make(ulong seed) => [.. Enumerable.Range(0, 50).Select(i => reader.Make(Dice.Of(seed, name, i)))];
        Assert.Equal(Make(7), Make(7));
        Assert.NotEqual(Make(7), Make(8));
    }

    private static ReaderEntry Entry(string name) => ReaderTable.All.Single(r => r.Name == name);
}
