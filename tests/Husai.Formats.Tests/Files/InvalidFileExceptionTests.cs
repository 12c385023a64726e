using Husai.Formats.Files;

namespace Husai.Formats.Tests.Files;

public sealed class InvalidFileExceptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_message_is_one_line_without_control_characters()
    {
        var error = new InvalidFileException("a.bin", "holds 'x\n\u001b[31m'");
        Assert.Equal(@"a.bin: holds 'x\u000a\u001b[31m'", error.Message);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_named_as_such()
    {
        Assert.Equal(
            "/no/such/file: no such file",
            Assert.Throws<InvalidFileException>(() => InputFile.Open("/no/such/file")).Message);
        Assert.EndsWith(
            "is a folder, not a file", Assert.Throws<InvalidFileException>(() => InputFile.Open(_folder.Path)).Message);
    }
}
