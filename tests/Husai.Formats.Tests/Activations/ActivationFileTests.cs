using System.Text;
using Husai.Formats.Activations;
using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Formats.Torch;
using Husai.Numerics.Matrices;

namespace Husai.Formats.Tests.Activations;

public sealed class ActivationFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x.npy")]
    [InlineData("x.safetensors")]
    public void Chosen_rows_are_copied(string name)
    {
        var path = Write(name, 5, 3);
        using var rows = ActivationFile.Open(path);
        Assert.Equal((5L, 3), (rows.Rows, rows.Width));
        var chosen = new Matrix(4, 3);
        rows.CopyTo([4, 0, 4, 2], chosen);
        Assert.Equal([12, 13, 14, 0, 1, 2, 12, 13, 14, 6, 7, 8], chosen.AsSpan().ToArray());
        var block = new Matrix(2, 5);
        rows.CopyTo(3, block.SliceColumns(1, 3));
        Assert.Equal([0, 9, 10, 11, 0, 0, 12, 13, 14, 0], block.AsSpan().ToArray());
    }

    [Fact]
    public void A_file_that_is_cut_while_it_is_mapped_is_told_of()
    {
        var path = Write("x.npy", 4000, 3);
        using var rows = ActivationFile.Open(path);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            file.SetLength(file.Length - 1);
        }

        string Message(Action copy) => Assert.Throws<InvalidFileException>(copy).Message;
        Assert.Equal($"{path}: became shorter while it was read", Message(() => rows.CopyTo(0, new Matrix(1, 3))));
        Assert.Equal($"{path}: became shorter while it was read", Message(() => rows.CopyTo([3999], new Matrix(1, 3))));
    }

    [Theory]
    [InlineData("x.npy")]
    [InlineData("x.npz")]
    [InlineData("x.pt")]
    [InlineData("x.safetensors")]
    public void Whole_files_are_read_whatever_their_extension(string name)
    {
        var values = Matrix.From(2, 3, [1, 2, 3, 4, 5, 6]);
        var path = _folder.File(name);
        NamedTensor[] tensors = [NamedTensor.FromMatrix("activations", values), NamedTensor.FromVector("labels", [0, 1])];
        switch (Path.GetExtension(name))
        {
            case ".npy":
                NumpyFile.Write(path, tensors[0]);
                break;
            case ".npz":
                NumpyArchive.Write(path, tensors);
                break;
            case ".pt":
                TorchFile.Write(path, tensors);
                break;
            default:
                SafetensorsFile.Write(path, tensors);
                break;
        }

        Assert.Equal(values.AsSpan().ToArray(), ActivationFile.Read(path).AsSpan().ToArray());
        using var mapped = ActivationFile.TryOpen(path);
        Assert.Equal(name is "x.npy" or "x.safetensors", mapped is not null);
    }

    [Fact]
    public void The_only_tensor_may_have_any_name_and_one_of_several_must_be_called_activations()
    {
        var path = _folder.File("x.pt");
        TorchFile.Write(path, [new NamedTensor("acts", TensorType.Float64, [1, 1], BitConverter.GetBytes(2.5))]);
        Assert.Equal([2.5f], ActivationFile.Read(path).AsSpan().ToArray());
        TorchFile.Write(path, [NamedTensor.FromVector("a", [1], 1, 1), NamedTensor.FromVector("b", [2], 1, 1)]);
        Assert.Contains(
            "activations", Assert.Throws<InvalidFileException>(() => ActivationFile.Read(path)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidFileException>(() => ActivationFile.Read(_folder.File("x.csv")));
    }

    [Fact]
    public void Rows_that_do_not_exist_and_other_widths_are_refused()
    {
        using var rows = ActivationFile.Open(Write("x.npy", 5, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyTo([5], new Matrix(1, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyTo([-1], new Matrix(1, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyTo(4, new Matrix(2, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyTo(-1, new Matrix(1, 3)));
        Assert.Throws<ArgumentException>(() => rows.CopyTo(0, new Matrix(1, 4)));
        Assert.Throws<ArgumentException>(() => rows.CopyTo([1, 2], new Matrix(1, 3)));
    }

    [Fact]
    public void A_closed_file_is_refused_and_may_be_closed_twice()
    {
        var rows = ActivationFile.Open(Write("x.npy", 5, 3));
        rows.Dispose();
        rows.Dispose();
        Assert.Throws<ObjectDisposedException>(() => rows.CopyTo(0, new Matrix(1, 3)));
    }

    [Fact]
    public void A_file_without_rows_opens()
    {
        using var rows = ActivationFile.Open(Write("x.npy", 0, 3));
        rows.CopyTo(0, new Matrix(0, 3));
        Assert.Equal(0, rows.Rows);
    }

    [Fact]
    public void Of_several_tensors_one_must_be_named()
    {
        var path = _folder.File("x.safetensors");
        SafetensorsFile.Write(path, [NamedTensor.FromVector("a", [1, 2], 2, 1), NamedTensor.FromVector("b", [3, 4], 1, 2)]);
        Assert.Contains(
            "(a, b), none of them called 'activations'", Assert.Throws<InvalidFileException>(() => ActivationFile.Open(path)).Message);
        Assert.Contains("'c'", Assert.Throws<InvalidFileException>(() => ActivationFile.Open(path, "c")).Message);
        using var rows = ActivationFile.Open(path, "b");
        var row = new Matrix(1, 2);
        rows.CopyTo(0, row);
        Assert.Equal([3f, 4f], row.AsSpan().ToArray());
    }

    [Fact]
    public void Of_several_tensors_the_activations_are_opened()
    {
        var path = _folder.File("x.safetensors");
        SafetensorsFile.Write(path, [NamedTensor.FromVector("a", [1, 2], 2, 1), NamedTensor.FromVector("activations", [3, 4], 1, 2)]);
        using var rows = ActivationFile.Open(path);
        Assert.Equal((1L, 2), (rows.Rows, rows.Width));
    }

    [Theory]
    [InlineData(
        nameof(TensorType.Float16), new byte[] { 0x00, 0x3C, 0x00, 0xC0, 0x00, 0x38, 0x01, 0x00 },
        new[] { 1, -2, 0.5f, 5.9604645e-8f })]
    [InlineData(
        nameof(TensorType.BFloat16), new byte[] { 0x80, 0x3F, 0x00, 0xC0, 0x00, 0x3F, 0x80, 0x7F },
        new[] { 1, -2, 0.5f, float.PositiveInfinity })]
    public void Floats_of_two_bytes_are_widened_row_by_row(string typeName, byte[] data, float[] expected)
    {
        var type = Enum.Parse<TensorType>(typeName);
        var path = _folder.File("x.safetensors");
        SafetensorsFile.Write(path, [new NamedTensor("x", type, [2, 2], data)]);
        using var rows = ActivationFile.Open(path);
        var values = new Matrix(2, 2);
        rows.CopyTo([1, 0], values);
        Assert.Equal([expected[2], expected[3], expected[0], expected[1]], values.AsSpan().ToArray());
    }

    [Fact]
    public void Floats_of_eight_bytes_are_rounded()
    {
        using var rows = ActivationFile.Open(Oracle.File("little-float64.npy"));
        var values = new Matrix(2, 3);
        rows.CopyTo(0, values);
        Assert.Equal(ActivationFile.Read(Oracle.File("little-float64.npy")).AsSpan().ToArray(), values.AsSpan().ToArray());
    }

    [Theory]
    [InlineData("vector.npy", "Float32 of shape [3]")]
    [InlineData("little-int32.npy", "Int32 of shape [2, 3]")]
    [InlineData("big-float32.npy", "big-endian or column-major")]
    [InlineData("column-major.npy", "big-endian or column-major")]
    [InlineData("types.pt", "extension '.pt'")]
    public void Other_content_is_refused(string name, string reason) => Assert.Contains(
        reason, Assert.Throws<InvalidFileException>(() => ActivationFile.Open(Oracle.File(name))).Message);

    [Fact]
    public void More_than_two_to_the_31_elements_are_reached()
    {
        // 2.2e9 floats, 8.7 GB, nearly all of it a hole that takes no space.
        const long count = 17_000_000;
        var header = Encoding.ASCII.GetBytes($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({count}, 128), }}\n");
        var path = _folder.File("large.npy");
        using (var stream = File.Create(path))
        {
            stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header]);
            stream.SetLength(stream.Position + count * 128 * 4);
            stream.Position = stream.Length - 4;
            stream.Write([0, 0, 128, 63]);
        }

        using var rows = ActivationFile.Open(path);
        var last = new Matrix(2, 128);
        rows.CopyTo([count - 1, 0], last);
        Assert.Equal(1f, last[0, 127]);
        Assert.Equal(0f, last[1, 127]);
        Assert.Equal(count, rows.Rows);
    }

    private string Write(string name, int count, int width)
    {
        var values = Enumerable.Range(0, count * width).Select(i => (float)i).ToArray();
        var tensor = NamedTensor.FromMatrix("x", Matrix.From(count, width, values));
        if (name.EndsWith(".npy", StringComparison.Ordinal))
        {
            NumpyFile.Write(_folder.File(name), tensor);
        }
        else
        {
            SafetensorsFile.Write(_folder.File(name), [tensor]);
        }

        return _folder.File(name);
    }
}
