using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;

namespace Husai.Formats.Tests.Safetensors;

/// <summary>The cases of the reference's own tests, and those that it leaves open.</summary>
public sealed class SafetensorsReaderTests
{
    private const string Small = """{"test":{"dtype":"I32","shape":[2,2],"data_offsets":[0,16]}}""";

    [Fact]
    public void A_small_file_is_read()
    {
        var file = SafetensorsBytes.Read(SafetensorsBytes.Of(Small, 16));
        var tensor = Assert.Single(file.Tensors).Value;
        Assert.Equal(("test", TensorType.Int32, 16), (tensor.Name, tensor.Type, tensor.Data.Length));
        Assert.Equal([2L, 2L], tensor.Shape);
        Assert.Empty(file.Metadata);
    }

    [Theory]
    [InlineData("""{"test":{"dtype":"I32","shape":[],"data_offsets":[0,4]}}""", 4, 1)]
    [InlineData("""{"test":{"dtype":"I32","shape":[2,0],"data_offsets":[0, 0]}}""", 0, 1)]
    [InlineData("{}\r \t\n", 0, 0)]
    [InlineData("\t\n{}\r ", 0, 0)]
    [InlineData("""{"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 3, 2)]
    [InlineData("""{"b":{"dtype":"U8","shape":[0],"data_offsets":[1,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, 2)]
    public void Scalars_empty_tensors_spaces_and_any_order_are_valid(string header, int data, int tensors) =>
        Assert.Equal(tensors, SafetensorsBytes.Read(SafetensorsBytes.Of(header, data)).Tensors.Count);

    [Theory]
    [InlineData(Small + "extra_bogus_data_for_polyglot_file", 16, "damaged JSON header")]
    [InlineData(Small, 16 + 34, "describes 16 bytes of data but holds 50")]
    [InlineData(Small, 14, "describes 16 bytes of data but holds 14")]
    [InlineData("{", 0, "damaged JSON header")]
    [InlineData("", 0, "header")]
    [InlineData("[]", 0, "lacks an object")]
    [InlineData("""{"test":{"dtype":"I32","shape":[2,2],"data_offsets":[0, 4]}}""", 4, "needs 16 bytes for its type and shape but has 4")]
    [InlineData("""{"test":{"dtype":"I32","shape":[2,18446744073709551614],"data_offsets":[0,16]}}""", 16, "overflows")]
    [InlineData("""{"test":{"dtype":"I32","shape":[2,9223372036854775807],"data_offsets":[0,16]}}""", 16, "overflows")]
    [InlineData("""{"test":{"dtype":"I32","shape":[4294967296,1073741824],"data_offsets":[0,16]}}""", 16, "overflows")]
    [InlineData("""{"t":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "holes or overlaps")]
    [InlineData("""{"t":{"dtype":"U8","shape":[0],"data_offsets":[1,0]}}""", 0, "holes or overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "holes or overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}""", 5, "holes or overlaps")]
    [InlineData("""{"t":{"dtype":"U8","shape":[18446744073709551616],"data_offsets":[0,0]}}""", 0, "non-negative integer")]
    [InlineData("""{"t":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""", 1, "non-negative integer")]
    [InlineData("""{"t":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}""", 1, "non-negative integer")]
    [InlineData("""{"t":{"dtype":"U8","shape":[1e0],"data_offsets":[0,1]}}""", 1, "non-negative integer")]
    [InlineData("""{"t":{"dtype":"U8","shape":["1"],"data_offsets":[0,1]}}""", 1, "non-negative integer")]
    [InlineData("""{"t":{"dtype":"U8","shape":[1],"data_offsets":[0]}}""", 1, "two data_offsets")]
    [InlineData("""{"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1,1]}}""", 1, "more than 2 integers")]
    [InlineData("""{"t":{"dtype":"U8","data_offsets":[0,1]}}""", 1, "lacks dtype, shape")]
    [InlineData("""{"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":0}}""", 1, "unknown or repeated field 'x'")]
    [InlineData("""{"t":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", 1, "F8_E4M3, which is not supported")]
    [InlineData("""{"t":{"dtype":"X9","shape":[1],"data_offsets":[0,1]}}""", 1, "unknown element type 'X9'")]
    [InlineData("""{"t":{"dtype":"U8","shape":[1],"shape":[1],"data_offsets":[0,1]}}""", 1, "unknown or repeated field 'shape'")]
    [InlineData("""{"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "names 't' twice")]
    [InlineData("""{"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\u0074":{"dtype":"U8","shape":[0],"data_offsets":[1,1]}}""", 1, "names 't' twice")]
    [InlineData("""{"__metadata__":{"a":"b","a":"c"}}""", 0, "names the metadata 'a' twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "lacks text for the metadata 'a'")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "twice")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "damaged JSON header")]
    [InlineData("{}{}", 0, "damaged JSON header")]
    public void A_damaged_header_is_refused_with_its_reason(string header, int data, string reason)
    {
        var error = Assert.Throws<InvalidFileException>(() => SafetensorsBytes.Read(SafetensorsBytes.Of(header, data)));
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Ten_tensors_on_the_same_bytes_are_refused()
    {
        var tensors = Enumerable.Range(0, 10)
            .Select(i => $$""" "weight_{{i}}":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]} """);
        var error = Assert.Throws<InvalidFileException>(() =>
            SafetensorsBytes.Read(SafetensorsBytes.Of($"{{{string.Join(',', tensors)}}}", 16)));
        Assert.Contains("holes or overlaps", error.Message);
    }

    [Theory]
    [InlineData(new byte[0], "too short")]
    [InlineData(new byte[] { 60, 0, 0, 0, 0, 0, 0 }, "too short")]
    [InlineData(new byte[] { 60, 0, 0, 0, 0, 0, 0, 0 }, "truncated?")]
    [InlineData(new byte[] { 60, 0, 0, 0, 0, 255, 255, 255, 123, 125 }, "above the format's 100000000")]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 255 }, "not UTF-8")]
    public void A_damaged_start_is_refused_with_its_reason(byte[] bytes, string reason) => Assert.Contains(
        reason, Assert.Throws<InvalidFileException>(() => SafetensorsBytes.Read(bytes)).Message);

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var bytes = SafetensorsBytes.Of(Small, 16);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidFileException>(() => SafetensorsBytes.Read(bytes[..length]));
        }
    }

    [Fact]
    public void Too_many_dimensions_are_refused_and_64_are_not()
    {
        string Header(int rank) => $$"""{"t":{"dtype":"U8","shape":[{{string.Join(',', Enumerable.Repeat(1, rank))}}],"data_offsets":[0,1]} }""";
        Assert.Equal(64, SafetensorsBytes.Read(SafetensorsBytes.Of(Header(64), 1)).Tensors["t"].Shape.Count);
        Assert.Throws<InvalidFileException>(() => SafetensorsBytes.Read(SafetensorsBytes.Of(Header(65), 1)));
    }

    [Fact]
    public void Too_many_tensors_are_refused()
    {
        var tensors = Enumerable.Range(0, SafetensorsHeader.MaximumTensors + 1)
            .Select(i => $$""" "{{i}}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]} """);
        var error = Assert.Throws<InvalidFileException>(() =>
            SafetensorsBytes.Read(SafetensorsBytes.Of($"{{{string.Join(',', tensors)}}}", 0)));
        Assert.Contains("more than 100000 tensors", error.Message);
    }

    [Fact]
    public void A_header_that_claims_much_allocates_little()
    {
        var bytes = SafetensorsBytes.Of("""{"t":{"dtype":"U8","shape":[1000000000],"data_offsets":[0,1000000000]}}""", 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidFileException>(() => SafetensorsBytes.Read(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("\"{0:D6}{1}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}", 52_000, 100)]
    [InlineData("\"{0:D6}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}", 100_000, 0)]
    [InlineData(
        "\"{0:D6}\":{{\"dtype\":\"U8\",\"shape\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,"
            + "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],\"data_offsets\":[0,0]}}",
        44_000, 0)]
    public void The_largest_headers_allocate_little_more_than_the_file(string format, int count, int fill)
    {
        var tensors = Enumerable.Range(0, count).Select(i => string.Format(format, i, new string('x', fill)));
        var bytes = SafetensorsBytes.Of($"{{{string.Join(',', tensors)}}}", 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(count, SafetensorsBytes.Read(bytes).Tensors.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, bytes.Length + (64L << 20));
    }
}
