using CsCheck;
using NeuroHal.Datasets.Idx;

namespace NeuroHal.Datasets.Tests;

public sealed class IdxTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_what_was_written_plain_or_compressed() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Bool, Gen.Int).Sample((count, rows, columns, gzip, seed) =>
        {
            var pixels = new byte[count * rows * columns];
            new Random(seed).NextBytes(pixels);
            byte[] content = [.. IdxFiles.Header(0x803, count, rows, columns), .. pixels];
            string file = Write(gzip ? IdxFiles.Gzip(content) : content);
            (int readRows, int readColumns, ReadOnlyMemory<byte> read) = IdxFile.ReadImages(file, null);
            File.Delete(file);
            Assert.Equal((rows, columns), (readRows, readColumns));
            Assert.Equal(pixels, read.Span);
        });

    [Fact]
    public void A_file_cut_anywhere_is_refused() =>
        Gen.Select(Gen.Int[0, 15 + 784], Gen.Bool).Sample((length, gzip) =>
        {
            byte[] whole = IdxFiles.Images(1);
            // Of a compressed file more than its trailer of 8 bytes, which holds none of the content.
            byte[] cut = gzip ? IdxFiles.Gzip(whole)[..^Math.Clamp(length, 9, 20)] : whole[..length];
            string file = Write(cut);
            BadDataException e = Assert.Throws<BadDataException>(() => IdxFile.ReadImages(file, null));
            Assert.StartsWith(file, e.Message, StringComparison.Ordinal);
            File.Delete(file);
        });

    [Theory]
    [InlineData("labels", "magic number 0x00000801; a file of IDX images begins with 0x00000803")]
    [InlineData("longer", "has bytes left over after the 784 bytes of data that its header gives")]
    [InlineData("none", "its header gives 0 as size 1 of 3")]
    [InlineData("huge", "its header gives 2147483647 as size 1 of 3")]
    [InlineData("checksum", "SHA-256 of its content is")]
    public void A_wrong_file_is_named_with_what_is_wrong(string defect, string message)
    {
        byte[] content = defect switch
        {
            "labels" => IdxFiles.Labels(1, 2, 3),
            "longer" => [.. IdxFiles.Images(1), 0],
            "none" => IdxFiles.Header(0x803, 0, 28, 28),
            "huge" => IdxFiles.Header(0x803, int.MaxValue, 28, 28),
            _ => IdxFiles.Images(1),
        };
        string file = Write(content);
        string? sha256 = defect == "checksum" ? new string('0', 64) : null;
        string actual = Assert.Throws<BadDataException>(() => IdxFile.ReadImages(file, sha256)).Message;
        Assert.StartsWith(file, actual, StringComparison.Ordinal);
        Assert.Contains(message, actual, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_outside_the_classes_is_named_with_its_place()
    {
        string file = Write(IdxFiles.Labels(0, 9, 10));
        Assert.Equal(
            $"{file}: label 10 at 2; labels are 0 to 9.",
            Assert.Throws<BadDataException>(() => IdxFile.ReadLabels(file, 10, null)).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Room_is_made_for_no_more_than_the_file_can_hold(bool gzip)
    {
        // A header that asks for 64 million bytes where there are none.
        byte[] claim = IdxFiles.Header(0x803, 64_000, 20, 50);
        string file = Write(gzip ? IdxFiles.Gzip(claim) : claim);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("truncated: 0 bytes of data", Assert.Throws<BadDataException>(() => IdxFile.ReadImages(file, null)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
    }

    [Fact]
    public void A_bomb_is_read_no_further_than_its_header_says()
    {
        string file = Write(IdxFiles.Gzip([.. IdxFiles.Images(1), .. new byte[20_000_000]]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("left over", Assert.Throws<BadDataException>(() => IdxFile.ReadImages(file, null)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
    }

    private string Write(byte[] content)
    {
        string file = _folder[Guid.NewGuid().ToString("N")];
        File.WriteAllBytes(file, content);
        return file;
    }
}
