using Husai.Formats.Files;

namespace Husai.Formats.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_a_file_and_the_folders_on_the_way_and_nothing_else()
    {
        var path = _folder.File("a/b/text.txt");
        AtomicFile.WriteText(path, "é\n");
        Assert.Equal([0xC3, 0xA9, 0x0A], File.ReadAllBytes(path));
        Assert.Equal(["text.txt"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public void Replaces_an_existing_file()
    {
        var path = _folder.File("text.txt", [1, 2, 3]);
        AtomicFile.WriteText(path, "x");
        Assert.Equal("x", File.ReadAllText(path));
    }

    [Fact]
    public void A_failing_writer_leaves_the_old_file_and_no_other()
    {
        var path = _folder.File("text.txt", [1, 2, 3]);
        Assert.Throws<NotSupportedException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(9);
            throw new NotSupportedException();
        }));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_reader_of_the_old_file_keeps_its_content()
    {
        var path = _folder.File("text.txt", [1, 2, 3]);
        using var reader = InputFile.Open(path);
        AtomicFile.WriteText(path, "new");
        Assert.Equal([1, 2, 3], InputFile.ReadBytes(reader, path, 3));
    }

    [Fact]
    public void Many_writers_of_one_path_leave_one_whole_file()
    {
        var path = _folder.File("text.txt");
        Parallel.For(0, 20, i => AtomicFile.WriteText(path, new string((char)('a' + i), 10_000)));
        var text = File.ReadAllText(path);
        Assert.Equal(10_000, text.Length);
        Assert.Single(text.Distinct());
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(28)]
    [InlineData(122)]
    public void A_full_disk_is_said_with_the_file_and_leaves_the_old_one(int code)
    {
        var folder = Directory.CreateTempSubdirectory("husai-full").FullName;
        try
        {
            var path = Path.Combine(folder, "result.json");
            AtomicFile.WriteText(path, "old");
            var error = Assert.Throws<DiskFullException>(
                () => AtomicFile.Write(path, _ => throw new IOException("No space left on device", code)));
            Assert.StartsWith($"{path}: the disk is full; free space", error.Message, StringComparison.Ordinal);
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Throws<IOException>(() => AtomicFile.Write(path, _ => throw new IOException("broken", 5)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
