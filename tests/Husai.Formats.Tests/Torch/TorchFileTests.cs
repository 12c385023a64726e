using System.IO.Compression;
using Husai.Formats.Files;
using Husai.Formats.Tensors;
using Husai.Formats.Torch;
using Husai.Formats.Zip;

namespace Husai.Formats.Tests.Torch;

public sealed class TorchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("types.pt")]
    [InlineData("views.pt")]
    [InlineData("module.pt")]
    [InlineData("checkpoint.pt")]
    public void Checkpoints_of_pytorch_are_read(string name)
    {
        var file = TorchFile.Read(Oracle.File(name));
        Oracle.AssertEqual(name, file.Tensors);
        foreach (var (key, value) in Oracle.Metadata(name))
        {
            Assert.Equal(value, file.Metadata[key]);
        }
    }

    [Fact]
    public void A_member_that_fails_its_checksum_is_damaged_and_one_without_a_checksum_is_taken()
    {
        TorchFile.Write(_folder.File("x.pt"), [NamedTensor.FromVector("x", [1, 2, 3, 4], 4)]);
        var bytes = File.ReadAllBytes(_folder.File("x.pt"));
        var elements = bytes.AsSpan().IndexOf(new byte[] { 0, 0, 128, 63, 0, 0, 0, 64 });
        bytes[elements + 2]++;
        _folder.File("x.pt", bytes);
        var error = Assert.Throws<InvalidFileException>(() => TorchFile.Read(_folder.File("x.pt")));
        Assert.Contains("member 'archive/data/0' fails its checksum: the file is damaged", error.Message, StringComparison.Ordinal);

        // The directory's entry of the member: the checksum stands before the name by 46 - 16 bytes.
        var entry = bytes.AsSpan().LastIndexOf("archive/data/0"u8) - 30;
        bytes.AsSpan(entry, 4).Clear();
        _folder.File("x.pt", bytes);
        Assert.NotEqual(1, TorchFile.Read(_folder.File("x.pt")).Tensors["x"].ToSingles()[0]);
    }

    [Theory]
    [InlineData("refused-legacy.pt", "PyTorch before 1.6")]
    [InlineData("refused-system.pt", "'posix.system'")]
    [InlineData("refused-eval.pt", "builtin")]
    [InlineData("refused-module.pt", "'torch.nn.modules")]
    [InlineData("refused-script.pt", "TorchScript")]
    [InlineData("refused-deflated.pt", "is compressed")]
    [InlineData("stored.npz", "no PyTorch checkpoint")]
    [InlineData("vector.npy", "does not start as a zip file")]
    public void Everything_else_is_refused_by_name(string name, string reason) => Assert.Contains(
        reason, Assert.Throws<InvalidFileException>(() => TorchFile.Read(Oracle.File(name))).Message);

    [Theory]
    [InlineData(
        new byte[]
        {
            0x80, 0x04, 0x95, 0x0D, 0, 0, 0, 0, 0, 0, 0, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
        },
        "PyTorch before 1.6")]
    [InlineData(new byte[] { 0x80, 0x03, 0x7D, 0x71, 0x00, 0x2E }, "Python pickle")]
    public void Older_files_are_called_what_they_are(byte[] content, string reason)
    {
        var path = _folder.File("old.pt");
        File.WriteAllBytes(path, content);
        Assert.Contains(reason, Assert.Throws<InvalidFileException>(() => TorchFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_read_without_the_tensors()
    {
        var file = TorchFile.Read(Oracle.File("checkpoint.pt"));
        Assert.Equal(
            file.Tensors.Keys.Concat(file.Metadata.Keys).Order(StringComparer.Ordinal),
            TorchFile.ReadNames(Oracle.File("checkpoint.pt")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Tensors_that_share_their_elements_share_memory()
    {
        var tensors = TorchFile.Read(Oracle.File("views.pt")).Tensors;
        Assert.True(tensors["base"].Data.Span == tensors["same"].Data.Span);
    }

    [Fact]
    public void A_written_state_dict_survives_in_its_order_with_aligned_data()
    {
        var path = _folder.File("x.pt");
        NamedTensor[] tensors =
        [
            NamedTensor.FromVector("b", [1, 2, 3, 4, 5, 6], 2, 3), NamedTensor.FromVector("a.é", []),
            new NamedTensor("s", TensorType.Int64, [], new byte[8]), new NamedTensor("h", TensorType.BFloat16, [1], new byte[2]),
        ];
        TorchFile.Write(path, tensors);
        var read = TorchFile.Read(path);
        Assert.Equal(["b", "a.é", "s", "h"], read.Tensors.Keys);
        foreach (var tensor in tensors)
        {
            Assert.Equal(tensor.Type, read.Tensors[tensor.Name].Type);
            Assert.Equal(tensor.Shape, read.Tensors[tensor.Name].Shape);
            Assert.Equal(tensor.Data.ToArray(), read.Tensors[tensor.Name].Data.ToArray());
        }

        using var stream = File.OpenRead(path);
        foreach (var member in ZipDirectory.Read(stream, path))
        {
            Assert.Equal(0, ZipContent.FindStored(stream, path, member) % 64);
        }

        using var zip = ZipFile.OpenRead(path);
        Assert.Equal("archive/data.pkl", zip.Entries[0].FullName);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var bytes = File.ReadAllBytes(Oracle.File("module.pt"));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidFileException>(() => TorchFile.Read(new MemoryStream(bytes, 0, length), "cut.pt"));
        }
    }
}
