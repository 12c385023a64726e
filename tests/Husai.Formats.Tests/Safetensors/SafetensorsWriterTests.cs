using System.Text;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Formats.Tests.Safetensors;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_bytes_are_those_of_the_reference()
    {
        // The expected bytes of test_serialization_forced_alignement in the reference's tensor.rs.
        SafetensorsFile.Write(
            _folder.File("x.safetensors"), [NamedTensor.FromVector("attn0", [0, 1, 2, 3, 4, 5], 1, 1, 2, 3)]);
        byte[] expected =
        [
            72, 0, 0, 0, 0, 0, 0, 0,
            .. """{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}       """u8,
            0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64, 0, 0, 160, 64,
        ];
        Assert.Equal(expected, File.ReadAllBytes(_folder.File("x.safetensors")));
    }

    [Fact]
    public void One_matrix_is_read_as_if_by_way_of_the_whole_file()
    {
        var path = _folder.File("x.safetensors");
        var written = Matrix.From(2, 3, [1, 2, 3, 4, 5, float.NaN]);
        SafetensorsFile.Write(
            path, [NamedTensor.FromVector("a", [9]), NamedTensor.FromMatrix("w", written), NamedTensor.FromDoubles("d", [7, 8])]);
        Assert.Equal(written.AsSpan().ToArray(), SafetensorsFile.ReadMatrix(path, "w", 2, 3).AsSpan().ToArray());

        Assert.Contains("'v'", Message("v", 2, 3), StringComparison.Ordinal);
        Assert.Contains("[2, 3]", Message("w", 3, 2), StringComparison.Ordinal);
        Assert.Contains("[2]", Message("d", 2, 1), StringComparison.Ordinal);

        string Message(string name, int rows, int columns) =>
            Assert.Throws<InvalidFileException>(() => SafetensorsFile.ReadMatrix(path, name, rows, columns)).Message;
    }

    [Fact]
    public void Other_float_types_become_a_matrix_too()
    {
        var path = _folder.File("x.safetensors");
        SafetensorsFile.Write(path, [new NamedTensor("w", TensorType.BFloat16, [1, 2], new byte[] { 0x80, 0x3F, 0x00, 0x40 })]);
        Assert.Equal([1f, 2f], SafetensorsFile.ReadMatrix(path, "w", 1, 2).AsSpan().ToArray());
    }

    [Fact]
    public void Wide_types_come_first_then_names_and_metadata_before_all()
    {
        var path = _folder.File("x.safetensors");
        NamedTensor[] tensors =
        [
            new("flag", TensorType.Bool, [], new byte[1]), NamedTensor.FromVector("b", [1]),
            NamedTensor.FromInt64s("n", [1]), NamedTensor.FromVector("a", [2]),
        ];
        var metadata = new Dictionary<string, string> { ["z"] = "1", ["format"] = "pt" };
        SafetensorsFile.Write(path, tensors, metadata);
        var bytes = File.ReadAllBytes(path);
        SafetensorsFile.Write(path, tensors.Reverse(), metadata.Reverse().ToDictionary());
        Assert.Equal(bytes, File.ReadAllBytes(path));
        Assert.Equal(0, BitConverter.ToInt64(bytes) % 8);
        Assert.StartsWith(
            """{"__metadata__":{"format":"pt","z":"1"},"n":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"b":""",
            Encoding.UTF8.GetString(bytes, 8, bytes.Length - 8));
    }

    [Fact]
    public void Every_type_shape_and_name_survives()
    {
        var path = _folder.File("x.safetensors");
        var random = new RandomStream(1, "safetensors", 0);
        var tensors = Enum.GetValues<TensorType>().SelectMany(type => new long[][] { [], [0], [3], [2, 3], [2, 0, 5] }
            .Select(shape => new NamedTensor(
                $"{type}.\"é\\\n{shape.Length}{shape.FirstOrDefault()}", type, shape, Bytes(type.Bytes(shape)!.Value))))
            .ToList();
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string> { ["a\"b"] = "𝔸\u0001" });
        var file = SafetensorsFile.Read(path);
        Assert.Equal("𝔸\u0001", Assert.Single(file.Metadata).Value);
        Assert.Equal(tensors.Count, file.Tensors.Count);
        foreach (var tensor in tensors)
        {
            var read = file.Require(tensor.Name);
            Assert.Equal(tensor.Type, read.Type);
            Assert.Equal(tensor.Shape, read.Shape);
            Assert.Equal(tensor.Data.ToArray(), read.Data.ToArray());
        }

        byte[] Bytes(long count) => [.. Enumerable.Range(0, (int)count).Select(_ => (byte)random.NextUInt32())];
    }

    [Fact]
    public void A_name_used_twice_or_reserved_is_refused_before_anything_is_written()
    {
        var path = _folder.File("x.safetensors");
        var a = NamedTensor.FromVector("a", [1]);
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(path, [a, a]));
        Assert.Throws<ArgumentException>(() =>
            SafetensorsFile.Write(path, [NamedTensor.FromVector("__metadata__", [1])]));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }
}
