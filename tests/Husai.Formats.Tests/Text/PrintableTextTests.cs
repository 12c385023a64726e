using Husai.Formats.Text;

namespace Husai.Formats.Tests.Text;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("plain, größer, 日本, 😀", "plain, größer, 日本, 😀")]
    [InlineData("\u001b[31m", @"\u001b[31m")]
    [InlineData("\u009b31m\u007f\0", @"\u009b31m\u007f\u0000")]
    [InlineData("a\u202eb\u2028c\ufeff", @"a\u202eb\u2028c\ufeff")]
    [InlineData("a\nb\r\nc\td", @"a\u000ab\u000d\u000ac\u0009d")]
    public void What_could_steer_a_terminal_is_written_by_its_number(string text, string expected) =>
        Assert.Equal(expected, PrintableText.Escape(text));

    [Theory]
    [InlineData("a\nb\r\nc", "a\nb\r\nc")]
    [InlineData("a\rb\r", @"a\u000db\u000d")]
    public void Line_ends_may_stay(string text, string expected) => Assert.Equal(expected, PrintableText.Escape(text, keepLines: true));

    [Fact]
    public void No_character_is_left_that_is_a_control_character()
    {
        var all = string.Concat(Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code));

        Assert.DoesNotContain(PrintableText.Escape(all), char.IsControl);
        Assert.Same("a", PrintableText.Escape("a"));
    }

    [Fact]
    public void A_name_is_cut_and_keeps_its_end()
    {
        var name = new string('a', 500) + "/end.npy";

        Assert.Equal(PrintableText.LongestName, PrintableText.Name(name).Length);
        Assert.EndsWith("aaa/end.npy", PrintableText.Name(name), StringComparison.Ordinal);
        Assert.Equal(new string('b', 200), PrintableText.Name(new string('b', 200)));
    }

    [Fact]
    public void In_a_line_only_the_names_are_cut()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 200));
        var name = string.Join(' ', Enumerable.Repeat("many", 200));

        Assert.Equal(words, PrintableText.Line(words));
        Assert.Equal(
            $"'{PrintableText.Name(name)}' and {PrintableText.Name(new string('x', 300))} it's {words}",
            PrintableText.Line($"'{name}' and {new string('x', 300)} it's {words}"));
    }
}
