using System.IO.Compression;
using System.Text;
using CsCheck;
using NeuroHal.Exchange.Npz;

namespace NeuroHal.Exchange.Tests;

/// <summary>NumPy's files: what is written, what is read, what is refused.</summary>
public sealed class NpzTests
{
    private const string Header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

    [Fact]
    public void An_array_is_written_as_NumPy_writes_it()
    {
        byte[] file = Npy(stream => NpyFormat.Write(stream, NpyArray.Of(new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3)));
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], file[..8]);
        int header = BitConverter.ToUInt16(file, 8);
        Assert.Equal(0, (10 + header) % 64);
        Assert.Equal(Header, Encoding.ASCII.GetString(file, 10, header).TrimEnd());
        Assert.Equal((byte)'\n', file[10 + header - 1]);
        Assert.Equal([1f, 2, 3, 4, 5, 6], Enumerable.Range(0, 6).Select(i => BitConverter.ToSingle(file, 10 + header + (4 * i))));
    }

    [Fact]
    public void Arrays_of_every_type_come_back() => Gen.Select(Gen.SByte.Array[0, 20], Gen.Byte.Array[0, 20], Gen.UShort.Array[0, 20], Gen.Int.Array[0, 20], Gen.Long.Array[0, 20], Gen.Double.Array[0, 20]).Sample(
        (i1, u1, u2, i4, i8, f8) =>
        {
            using var folder = new ScratchFolder();
            string file = folder.File("arrays.npz");
            NpzFile.Write(file, [new("i1", NpyArray.Of(i1)), new("u1", NpyArray.Of(u1)), new("u2", NpyArray.Of(u2)), new("i4", NpyArray.Of(i4)), new("i8", NpyArray.Of(i8)), new("f8", NpyArray.Of(f8))]);
            IReadOnlyDictionary<string, NpyArray> back = NpzFile.Read(file);
            Assert.Equal(["f8", "i1", "i4", "i8", "u1", "u2"], back.Keys.Order());
            Assert.Equal(i1, back["i1"].Values<sbyte>());
            Assert.Equal(u1, back["u1"].Values<byte>());
            Assert.Equal(u2, back["u2"].Values<ushort>());
            Assert.Equal(i4, back["i4"].Values<int>());
            Assert.Equal(i8, back["i8"].Values<long>());
            Assert.Equal(f8.Select(BitConverter.DoubleToInt64Bits), back["f8"].Values<double>().Select(BitConverter.DoubleToInt64Bits));
        },
        iter: 30, threads: 1);

    [Fact]
    public void Shapes_are_kept_and_another_type_is_refused()
    {
        NpyArray array = NpyFormat.Read(Npy(stream => NpyFormat.Write(stream, NpyArray.Of(new float[6], 2, 3))));
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal(6, array.Count);
        Assert.Contains("'<f4', not '<i4'", Assert.Throws<BadDataException>(() => array.Values<int>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (6,), }", "Fortran")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (6,), }", "'|O'")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (6,), }", "'>f4'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,), }", "header")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (7,), }", "28 B")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999), }", "too large")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "too large")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3,  }", "header")]
    public void A_header_that_promises_what_is_not_there_or_cannot_be_read_is_refused(string header, string why) =>
        Assert.Contains(why, Assert.Throws<BadDataException>(() => NpyFormat.Read(WithHeader(header, 24))).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_cut_of_an_array_is_refused()
    {
        byte[] file = WithHeader(Header, 24);
        Assert.Equal(6, NpyFormat.Read(file).Count);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<BadDataException>(() => NpyFormat.Read(file.AsMemory(0, length)));
        }
    }

    [Fact]
    public void A_header_of_version_2_has_its_length_in_four_bytes()
    {
        byte[] header = Encoding.ASCII.GetBytes(Header + "\n");
        byte[] file = [0x93, .. "NUMPY"u8, 2, 0, .. BitConverter.GetBytes(header.Length), .. header, .. new byte[24]];
        Assert.Equal([2, 3], NpyFormat.Read(file).Shape);
        BitConverter.GetBytes(uint.MaxValue).CopyTo(file, 8);
        Assert.Contains("ends within its header", Assert.Throws<BadDataException>(() => NpyFormat.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_claims_to_unpack_to_more_than_it_can_is_refused_before_memory_is_taken()
    {
        byte[] archive = Archive(("a.npy", WithHeader(Header, 24)));
        // In the directory at the end: what it unpacks to, then what it is packed to as well.
        int directory = archive.AsSpan().IndexOf(new byte[] { 0x50, 0x4b, 1, 2 });
        foreach (int field in new[] { 24, 20 })
        {
            BitConverter.GetBytes(1_500_000_000).CopyTo(archive, directory + field);
            Assert.Contains("claims to unpack", Assert.Throws<BadDataException>(() => NpzFile.Read(archive)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_name_that_is_there_twice_and_a_file_that_is_no_archive_are_refused()
    {
        byte[] array = WithHeader(Header, 24);
        Assert.Contains("twice", Assert.Throws<BadDataException>(() => NpzFile.Read(Archive(("a.npy", array), ("a.npy", array)))).Message, StringComparison.Ordinal);
        Assert.Throws<BadDataException>(() => NpzFile.Read(array));
        Assert.Throws<BadDataException>(() => NpzFile.Read(Array.Empty<byte>()));
    }

    [Theory]
    [InlineData("layer1_shape", "no network")]
    [InlineData("layer1_row", "'layer1_row' is missing")]
    [InlineData("layer2_theta", "'layer2_theta' is missing")]
    [InlineData("layer3_sign", "'layer3_sign' is missing")]
    public void A_network_that_lacks_an_array_is_refused_by_its_name(string name, string why)
    {
        Dictionary<string, NpyArray> arrays = Arrays();
        Assert.True(arrays.Remove(name));
        Assert.Contains(why, Assert.Throws<BadDataException>(() => NetworkArchive.Read(arrays)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_contradicts_itself_is_refused_by_array()
    {
        Refused("'layer1_shape' is not two sizes", a => a["layer1_shape"] = NpyArray.Of(new long[] { 300 }));
        Refused("'layer1_shape' is not two sizes", a => a["layer1_shape"] = NpyArray.Of(new long[] { 65_537, 784 }));
        Refused("'layer2_shape' does not go with", a => a["layer2_shape"] = NpyArray.Of(new long[] { 100, 301 }));
        Refused("'layer1_row': the elements are of type '<f4', not whole", a => a["layer1_row"] = a["layer1_theta"]);
        Refused("'layer1_theta': the elements are of type '<f8', not '<f4'", a => a["layer1_theta"] = NpyArray.Of(new double[a["layer1_row"].Count]));
        Refused("are outside the layer", a => a["layer1_row"] = NpyArray.Of(Enumerable.Repeat(-1, a["layer1_col"].Count).ToArray()));
        Refused("'layer1_col' has not as many", a => a["layer1_col"] = NpyArray.Of(new ushort[3]));
        Refused("'layer1_theta' has not as many", a => a["layer1_theta"] = NpyArray.Of(new float[3]));
        Refused("'layer1_sign' is not 1 or -1", a => a["layer1_sign"] = NpyArray.Of(new sbyte[a["layer1_sign"].Count]));
        Refused("'layer1_peak' is less than", a => a["layer1_peak"] = NpyArray.Of(new long[] { 1 }));
        Refused("do not follow those before", a => a["layer1_row"] = NpyArray.Of(a["layer1_row"].Values<ushort>().Reverse().ToArray()));
        Refused("are outside the layer", a => a["layer1_col"] = NpyArray.Of(Enumerable.Repeat(ushort.MaxValue, a["layer1_col"].Count).ToArray()));

        static void Refused(string why, Action<Dictionary<string, NpyArray>> change)
        {
            Dictionary<string, NpyArray> arrays = Arrays();
            change(arrays);
            Assert.Contains(why, Assert.Throws<BadDataException>(() => NetworkArchive.Read(arrays)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Whole_numbers_of_any_type_are_read_and_a_peak_that_is_missing_is_the_count() => Gen.Long[0, 100].Array[0, 20].Sample(
        numbers =>
        {
            NpyArray[] all =
            [
                NpyArray.Of(numbers), NpyArray.Of(numbers.Select(n => (int)n).ToArray()), NpyArray.Of(numbers.Select(n => (ushort)n).ToArray()),
                NpyArray.Of(numbers.Select(n => (byte)n).ToArray()), NpyArray.Of(numbers.Select(n => (sbyte)n).ToArray()),
            ];
            Assert.All(all, a => Assert.Equal(numbers, a.Integers()));
            Assert.All(all.Take(3), a => Assert.Equal(numbers, (a with { Type = a.Type == "<u2" ? "<i2" : a.Type.Replace('i', 'u') }).Integers()));
            Assert.Equal([-1L], NpyArray.Of(new[] { -1 }).Integers());
            Assert.Throws<BadDataException>(() => (NpyArray.Of(new[] { -1L }) with { Type = "<u8" }).Integers());
            Dictionary<string, NpyArray> arrays = Arrays();
            arrays.Remove("layer2_peak");
            arrays["layer1_row"] = NpyArray.Of(arrays["layer1_row"].Integers());
            Assert.Equal(Trained.Digits.Network.Sha256, NetworkArchive.Read(arrays).Sha256);
        },
        iter: 5, threads: 1);

    private static Dictionary<string, NpyArray> Arrays() => new(NetworkArchive.Arrays(Trained.Digits.Network));

    private static byte[] WithHeader(string header, int content)
    {
        byte[] text = Encoding.ASCII.GetBytes(header + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)text.Length), .. text, .. new byte[content]];
    }

    private static byte[] Npy(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static byte[] Archive(params (string Name, byte[] Content)[] entries) => Npy(stream =>
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, byte[] content) in entries)
        {
            using Stream entry = archive.CreateEntry(name).Open();
            entry.Write(content);
        }
    });
}
