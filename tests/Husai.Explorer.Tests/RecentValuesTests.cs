using Husai.Explorer.Saes;

namespace Husai.Explorer.Tests;

public sealed class RecentValuesTests
{
    private readonly List<string> _made = [];
    private readonly RecentValues<string, string> _values = new(mostBytes: 10, value => value.Length);

    [Fact]
    public void What_was_asked_for_last_is_kept()
    {
        foreach (var key in (string[])["aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb"])
        {
            Assert.Equal(key, Get(key));
        }

        Assert.Equal(["aaaa", "bbbb", "cccc", "bbbb"], _made);
    }

    [Fact]
    public void What_is_too_large_is_there_while_it_is_the_newest()
    {
        Get("much more than is kept");
        Get("much more than is kept");
        Get("a");
        Get("much more than is kept");

        Assert.Equal(3, _made.Count);
    }

    [Fact]
    public void What_could_not_be_made_is_tried_again()
    {
        Assert.Throws<IOException>(() => _values.Get("a", () => throw new IOException()));

        Assert.Equal("a", Get("a"));
    }

    private string Get(string key) => _values.Get(key, () =>
    {
        _made.Add(key);
        return key;
    });
}
