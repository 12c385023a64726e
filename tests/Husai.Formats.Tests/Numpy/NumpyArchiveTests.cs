using System.IO.Compression;
using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Formats.Zip;

namespace Husai.Formats.Tests.Numpy;

public sealed class NumpyArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("stored.npz")]
    [InlineData("deflated.npz")]
    public void Archives_of_numpy_are_read(string name) =>
        Oracle.AssertEqual(name, NumpyArchive.Read(Oracle.File(name)).Tensors);

    [Fact]
    public void Written_archives_are_read_by_the_platform_and_do_not_depend_on_the_order()
    {
        NamedTensor[] tensors = [NamedTensor.FromVector("w", [1, 2]), NamedTensor.FromInt64s("é", [3])];
        NumpyArchive.Write(_folder.File("a.npz"), tensors);
        NumpyArchive.Write(_folder.File("b.npz"), tensors.Reverse());
        Assert.Equal(File.ReadAllBytes(_folder.File("a.npz")), File.ReadAllBytes(_folder.File("b.npz")));
        var read = NumpyArchive.Read(_folder.File("a.npz"));
        Assert.Equal([1f, 2f], read.Require("w", 2).ToSingles());
        Assert.Equal([3L], read.Require("é", 1).ToInt64s());
        using var zip = ZipFile.OpenRead(_folder.File("a.npz"));
        Assert.Equal(["w.npy", "é.npy"], zip.Entries.Select(entry => entry.FullName));
        using var entry = zip.Entries[0].Open();
        var content = new MemoryStream();
        entry.CopyTo(content);
        NumpyFile.Write(_folder.File("w.npy"), tensors[0]);
        Assert.Equal(File.ReadAllBytes(_folder.File("w.npy")), content.ToArray());
    }

    [Fact]
    public void A_changed_byte_anywhere_in_the_data_fails_the_checksum()
    {
        var bytes = File.ReadAllBytes(Oracle.File("stored.npz"));
        var at = bytes.AsSpan().IndexOf("NUMPY"u8) + 128;
        bytes[at] ^= 1;
        var error = Assert.Throws<InvalidFileException>(() => NumpyArchive.Read(_folder.File("x.npz", bytes)));
        Assert.Contains("fails its checksum", error.Message);
    }

    [Fact]
    public void An_archive_that_inflates_beyond_reason_is_refused_without_inflating_it()
    {
        var path = _folder.File("bomb.npz");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        using (var stream = zip.CreateEntry("zeros.npy").Open())
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < 100; i++)
            {
                stream.Write(block);
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidFileException>(() => NumpyArchive.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void An_archive_of_very_many_arrays_allocates_little()
    {
        var path = _folder.File("many.npz");
        NumpyArchive.Write(path, Enumerable.Range(0, 20_000).Select(i => NamedTensor.FromVector($"{i}", [])));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(20_000, NumpyArchive.Read(path).Tensors.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, new FileInfo(path).Length + (64L << 20));
    }

    [Fact]
    public void Chosen_arrays_are_read_whatever_lies_beside_them()
    {
        var path = _folder.File("x.npz");
        using (var stream = File.Create(path))
        {
            var zip = new ZipWriter(stream);
            zip.Add("a.npy", 1, File.ReadAllBytes(Oracle.File("vector.npy")));
            zip.Add("b.npy", 1, "no array"u8.ToArray());
            zip.Add("readme.txt", 1, "no array either"u8.ToArray());
            zip.Finish();
        }

        Assert.Equal(["a", "b"], NumpyArchive.ReadNames(path));
        Assert.Equal(["a"], NumpyArchive.Read(path, ["a", "c"]).Tensors.Keys);
        Assert.Contains(
            "'b.npy'", Assert.Throws<InvalidFileException>(() => NumpyArchive.Read(path, ["b"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var bytes = File.ReadAllBytes(Oracle.File("deflated.npz"));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidFileException>(() =>
                NumpyArchive.Read(new MemoryStream(bytes, 0, length), "cut.npz"));
        }
    }

    [Fact]
    public void Names_must_differ() => Assert.Throws<ArgumentException>(() => NumpyArchive.Write(
        _folder.File("x.npz"), [NamedTensor.FromVector("a", [1]), NamedTensor.FromVector("a", [2])]));
}
