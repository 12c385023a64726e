using Husai.Formats.Files;

namespace Husai.Formats.Tests.Files;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Folders_are_made_all_the_way_and_may_be_there_already()
    {
        var path = _folder.File("a/b/c");

        OutputFolder.Create(path);
        OutputFolder.Create(path);

        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void A_file_in_the_way_is_one_line()
    {
        var file = _folder.File("file");
        File.WriteAllText(file, "");

        Assert.Equal(
            $"{file}: is no folder that can be written to: it is a file",
            Assert.Throws<InvalidFileException>(() => OutputFolder.Create(file)).Message);
        Assert.StartsWith(
            $"{file}/below: is no folder that can be written to: ",
            Assert.Throws<InvalidFileException>(() => OutputFolder.Create($"{file}/below")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
