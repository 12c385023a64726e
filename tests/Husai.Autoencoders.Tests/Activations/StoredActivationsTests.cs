using Husai.Autoencoders.Activations;
using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Formats.Torch;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Tests.Activations;

public sealed class StoredActivationsTests : IDisposable
{
    private const int Width = 3;
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-activations").FullName;

    public StoredActivationsTests()
    {
        // Rows 0 to 8, in names whose order is that of the letters and not that of the numbers.
        Directory.CreateDirectory(At("parts"));
        NumpyFile.Write(At("parts/part-10.npy"), Tensor(0, 4));
        TorchFile.Write(At("parts/part-2.pt"), [Tensor(4, 0)]);
        SafetensorsFile.Write(At("parts/part-3.safetensors"), [Halves(4, 5)]);
        File.WriteAllText(At("parts/notes.txt"), "not activations");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("parts")]
    [InlineData("parts/part-*")]
    [InlineData("parts/part-10.npy,parts/part-2.pt,parts/part-3.*")]
    public void Files_of_a_folder_a_pattern_or_a_list_follow_each_other(string path)
    {
        using var rows = new StoredActivations(string.Join(',', path.Split(',').Select(At)));
        Assert.Equal((9, Width), (rows.Rows, rows.Width));
        int[] chosen = [8, 0, 3, 4, 5, 1, 1, 7];
        var copied = new Matrix(chosen.Length, Width);
        rows.CopyRows(chosen, copied);
        Assert.Equal(chosen.Select(row => (float)row), Enumerable.Range(0, chosen.Length).Select(row => copied[row, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.CopyRows([9], new Matrix(1, Width)));
    }

    [Theory]
    [InlineData(".npy")]
    [InlineData(".pt")]
    [InlineData(".safetensors")]
    [InlineData(".npz")]
    public void A_tensor_of_batch_and_sequence_is_taken_as_rows(string extension)
    {
        var path = At($"batches{extension}");
        var tensor = new NamedTensor("activations", TensorType.Float32, [2, 2, Width], Tensor(0, 4).Data);
        switch (extension)
        {
            case ".npy":
                NumpyFile.Write(path, tensor);
                break;
            case ".npz":
                NumpyArchive.Write(path, [tensor]);
                break;
            case ".pt":
                TorchFile.Write(path, [tensor]);
                break;
            default:
                SafetensorsFile.Write(path, [tensor]);
                break;
        }

        using var rows = new StoredActivations(path);
        Assert.Equal((4, Width), (rows.Rows, rows.Width));
        var copied = new Matrix(2, Width);
        rows.CopyRows([3, 1], copied);
        Assert.Equal((3f, 1f), (copied[0, 0], copied[1, 0]));
    }

    [Fact]
    public void What_is_missing_or_does_not_fit_is_told_of_by_name()
    {
        string Problem(string path) => Assert.Throws<InvalidFileException>(() => new StoredActivations(path)).Message;
        NumpyFile.Write(At("wide.npy"), new NamedTensor("a", TensorType.Float32, [1, 4], new byte[16]));
        Assert.Contains("wide.npy: has rows of width 4 after rows of width 3", Problem($"{At("parts/part-10.npy")},{At("wide.npy")}"));
        Assert.Contains("no file fits this pattern", Problem(At("parts/other-*.npy")));
        Assert.Contains("no such file", Problem($"{At("wide.npy")},{At("missing.npy")}"));
        Directory.CreateDirectory(At("empty"));
        Assert.Contains("is no activation store", Problem(At("empty")));
        NumpyFile.Write(At("flat.npy"), new NamedTensor("a", TensorType.Float32, [4], new byte[16]));
        Assert.Contains("holds Float32 of shape [4]", Problem(At("flat.npy")));
    }

    private static NamedTensor Tensor(int first, int rows) => NamedTensor.FromVector(
        "rows", [.. Enumerable.Range(first, rows).SelectMany(row => Enumerable.Range(0, Width).Select(column => row + column / 4f))],
        rows, Width);

    private static NamedTensor Halves(int first, int rows) => new(
        "activations", TensorType.Float16, [rows, Width],
        Enumerable.Range(first, rows).SelectMany(row => Enumerable.Range(0, Width).SelectMany(column =>
            BitConverter.GetBytes((Half)(row + column / 4f)))).ToArray());

    private string At(string name) => Path.Combine(_folder, name);
}
