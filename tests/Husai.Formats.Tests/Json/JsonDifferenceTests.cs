using System.Text.Json.Nodes;
using Husai.Formats.Json;

namespace Husai.Formats.Tests.Json;

public sealed class JsonDifferenceTests
{
    [Theory]
    [InlineData("""{"a":1,"s":{"b":[1,2]}}""", """{"s":{"b":[1,2]},"a":1}""", null)]
    [InlineData("""{"a":1}""", """{"a":2}""", "a is 2, was 1")]
    [InlineData("""{"s":{"b":"x","c":null}}""", """{"s":{"b":"y"}}""", "s.b is \"y\", was \"x\"")]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", "b is 2, was unset")]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", "b is unset, was 2")]
    [InlineData("""{"a":null}""", "{}", null)]
    [InlineData("""{"free":1}""", """{"free":2}""", null)]
    public void The_first_difference_is_named(string stored, string wanted, string? expected) => Assert.Equal(
        expected, JsonDifference.First(JsonNode.Parse(stored)!.AsObject(), JsonNode.Parse(wanted)!.AsObject(), "free"));
}
