using Husai.Explorer.Saes;

namespace Husai.Explorer.Tests;

public sealed class AwaitedValuesTests
{
    private readonly AwaitedValues<string, string> _values = new(mostBytes: 10, value => value.Length);

    [Fact]
    public void What_could_not_be_made_is_told_once_and_tried_again()
    {
        Assert.Throws<IOException>(() => _values.Get("a", () => throw new IOException(), Timeout.InfiniteTimeSpan));

        Assert.Equal("made", _values.Get("a", () => "made", Timeout.InfiniteTimeSpan));
        Assert.Equal("made", _values.Get("a", () => "made again", Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void What_takes_its_time_is_found_later()
    {
        using var isAsked = new ManualResetEventSlim();
        Assert.Null(_values.Get("a", Make, TimeSpan.Zero));

        isAsked.Set();
        Assert.Equal("made", _values.Get("a", Make, Timeout.InfiniteTimeSpan));

        string Make()
        {
            isAsked.Wait();
            return "made";
        }
    }
}
