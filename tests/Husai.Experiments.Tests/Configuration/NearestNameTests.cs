using Husai.Experiments.Configuration;

namespace Husai.Experiments.Tests.Configuration;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("Case", "case", 0)]
    [InlineData("median", "medain", 1)]
    [InlineData("ca", "abc", 3)]
    public void The_distance_counts_single_edits(string left, string right, int expected)
    {
        Assert.Equal(expected, NearestName.Distance(left, right));
        Assert.Equal(expected, NearestName.Distance(right, left));
    }

    [Theory]
    [InlineData("learning_rte", "learning_rate")]
    [InlineData("widht", "width")]
    [InlineData("zzz", null)]
    public void The_nearest_name_is_found_unless_all_are_far(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Find(name, ["seed", "width", "learning_rate"]));
}
