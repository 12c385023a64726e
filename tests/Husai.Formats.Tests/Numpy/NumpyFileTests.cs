using System.Text;
using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;

namespace Husai.Formats.Tests.Numpy;

public sealed class NumpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Files => [.. Oracle.Names(".npy")];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Arrays_of_numpy_are_read(string name)
    {
        var tensor = NumpyFile.Read(Oracle.File(name));
        Oracle.AssertEqual(name, new Dictionary<string, NamedTensor> { [tensor.Name] = tensor });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Written_arrays_have_the_bytes_of_numpy(string name)
    {
        if (name.StartsWith("big", StringComparison.Ordinal) || name.StartsWith("col", StringComparison.Ordinal)
            || name.StartsWith("version", StringComparison.Ordinal))
        {
            return;
        }

        var path = _folder.File(name);
        NumpyFile.Write(path, NumpyFile.Read(Oracle.File(name)));
        Assert.Equal(File.ReadAllBytes(Oracle.File(name)), File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("refused-objects.npy", "NumPy type '|O'")]
    [InlineData("refused-structured.npy", "structured elements")]
    [InlineData("refused-complex.npy", "NumPy type '<c8'")]
    public void Other_elements_are_refused_by_name(string name, string reason) => Assert.Contains(
        reason, Assert.Throws<InvalidFileException>(() => NumpyFile.Read(Oracle.File(name))).Message);

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1L,), }", true)]
    [InlineData("{\"shape\":(1),\"descr\":\"<f4\",\"fortran_order\":True}", true)]
    [InlineData("{'descr': '=f4', 'fortran_order': False, 'shape': (1,1,1)}   \n", true)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", false)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", false)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807,4), }", false)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", false)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1 1), }", false)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", false)]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", false)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': '' }", false)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } x", false)]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", false)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), ", false)]
    [InlineData("{'descr': '<f4", false)]
    [InlineData("", false)]
    public void A_header_is_a_dictionary_of_exactly_three_keys(string header, bool valid)
    {
        byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), 0, 0, 128, 63];
        var path = _folder.File("x.npy", bytes);
        if (valid)
        {
            Assert.Equal([1f], NumpyFile.Read(path).ToSingles());
        }
        else
        {
            Assert.Throws<InvalidFileException>(() => NumpyFile.Read(path));
        }
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var bytes = File.ReadAllBytes(Oracle.File("vector.npy"));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidFileException>(() => NumpyFile.Read(_folder.File("cut.npy", bytes[..length])));
        }
    }

    [Fact]
    public void Bfloat16_is_refused_when_written() => Assert.Throws<ArgumentException>(() => NumpyFile.Write(
        _folder.File("x.npy"), new NamedTensor("x", TensorType.BFloat16, [1], new byte[2])));

    [Fact]
    public void A_column_major_array_larger_than_one_piece_is_turned()
    {
        // 700 x 600 floats are more than the megabyte that is read at a time.
        var header = "{'descr': '<f4', 'fortran_order': True, 'shape': (700, 600), }\n";
        var data = new byte[700 * 600 * 4];
        for (var i = 0; i < 700 * 600; i++)
        {
            BitConverter.TryWriteBytes(data.AsSpan(i * 4), (float)i);
        }

        var path = _folder.File(
            "x.npy", [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. data]);
        var matrix = NumpyFile.Read(path).ToMatrix();
        for (var row = 0; row < 700; row += 13)
        {
            for (var column = 0; column < 600; column++)
            {
                Assert.Equal(row + 700 * column, matrix[row, column]);
            }
        }
    }
}
