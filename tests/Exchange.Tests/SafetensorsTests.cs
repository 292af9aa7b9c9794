using System.Text;
using NeuroHal.Exchange.Npz;
using NeuroHal.Exchange.Safetensors;

namespace NeuroHal.Exchange.Tests;

/// <summary>The safetensors format: what is written, and what is refused.</summary>
public sealed class SafetensorsTests
{
    [Fact]
    public void A_file_is_a_length_a_header_in_JSON_and_the_elements_in_their_order()
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(
            stream, [new("a", NpyArray.Of(new sbyte[] { 1, -1 })), new("b", NpyArray.Of(new float[] { 1.5f, 2 }, 2, 1))], [new("note", "x")]);
        byte[] file = stream.ToArray();
        int length = (int)BitConverter.ToInt64(file);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"__metadata__":{"note":"x"},"b":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"a":{"dtype":"I8","shape":[2],"data_offsets":[8,10]}}""",
            Encoding.UTF8.GetString(file, 8, length).TrimEnd(' '));
        Assert.Equal([1.5f, 2], new[] { BitConverter.ToSingle(file, 8 + length), BitConverter.ToSingle(file, 12 + length) });
        Assert.Equal([1, 0xff], file[^2..]);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", 0, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "8 B")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "outside")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "12 B")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,8]}}""", 8, "too large")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}""", 8, "'shape'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "outside")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "outside")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}""", 8, "'data_offsets'")]
    [InlineData("""{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""", 4, "'BF16'")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,4]}}""", 4, "'none'")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "no 'shape'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "no 'data_offsets'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "twice")]
    [InlineData("""{"a":[]}""", 0, "JSON object")]
    [InlineData("""[1,2]""", 0, "no JSON object")]
    [InlineData("""{"a":""", 0, "no JSON")]
    [InlineData("""{"\ud800":{}}""", 0, "no JSON")]
    public void A_header_is_read_or_refused_for_what_is_wrong_with_it(string header, int content, string? why)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] file = [.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[content]];
        if (why is null)
        {
            Assert.True(SafetensorsFile.Read(file).ContainsKey("a"));
        }
        else
        {
            Assert.Contains(why, Assert.Throws<BadDataException>(() => SafetensorsFile.Read(file)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    [InlineData(long.MaxValue)]
    public void A_length_that_the_file_does_not_have_is_refused(long length)
    {
        byte[] file = [.. BitConverter.GetBytes(length), .. "{}"u8];
        Assert.Contains("its header is to have", Assert.Throws<BadDataException>(() => SafetensorsFile.Read(file)).Message, StringComparison.Ordinal);
        Assert.Throws<BadDataException>(() => SafetensorsFile.Read(file.AsMemory(0, 5)));
    }
}
