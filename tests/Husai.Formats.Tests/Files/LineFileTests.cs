using Husai.Formats.Files;

namespace Husai.Formats.Tests.Files;

public sealed class LineFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_appended_after_the_flush_is_cut_off_in_silence()
    {
        var file = new LineFile(_folder.File("lines"));
        file.Append("one");
        var length = file.Flush();
        file.Append("two");
        file.CutTo(length, message => Assert.Fail(message));
        Assert.Equal("one\n", File.ReadAllText(_folder.File("lines")));
    }

    [Theory]
    [InlineData("one\ntwo\nthr", "one\ntwo\n")]
    [InlineData("on", "")]
    [InlineData("", "")]
    public void A_file_that_is_too_short_is_cut_to_its_whole_lines_with_a_warning(string content, string whole)
    {
        var warnings = new List<string>();
        File.WriteAllText(_folder.File("lines"), content);
        new LineFile(_folder.File("lines")).CutTo(100, warnings.Add);
        Assert.Equal(whole, File.ReadAllText(_folder.File("lines")));
        Assert.Contains(
            $"has {content.Length} bytes where the training's state knows of 100", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_removed_under_the_writer_is_told_of_and_not_made_anew()
    {
        var path = _folder.File("removed.jsonl");
        var file = new LineFile(path);
        file.Clear();
        file.Append("1");
        File.Delete(path);

        Assert.Contains(
            "was removed while it was written to", Assert.Throws<IOException>(() => file.Append("2")).Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => file.Flush());
        Assert.False(File.Exists(path));
    }
}
