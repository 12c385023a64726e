using Husai.Experiments.Configuration;
using Husai.Numerics.Randomness;

namespace Husai.Experiments.Tests.Configuration;

public sealed class ConfigurationFuzzTests
{
    private const string Valid =
        """
        name: "study"
        seeds: 7
        optimiser: { learning_rate: 0.5 }
        widths:
          - 1e3
        stages:
          - learning_rate: 1.0
            beta1: -0.5
        weights: { first: 1, 'second': 2 }
        """;

    private static readonly string[] _pieces =
    [
        "\n", "  ", "- ", ": ", "? ", "[", "]", "{", "}", ",", "&a ", "*a", "!!str ", "!<x> ", "---\n", "...\n", "%YAML 9.9\n",
        "%TAG ! x\n", "|\n", ">+2\n",
        "'", "\"", "\\x", "\\uD800", "# ", "\t", "\0", "\ufeff", "\u2028", "\r", "<<: ", "~", "1e99999", "-", "@", "`", "null", "\ud83d",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mangled_files_are_read_or_refused_with_a_place(ulong seed)
    {
        var random = new RandomStream(seed, "fuzz");
        for (var i = 0; i < 2000; i++)
        {
            AssertReadOrRefused(Mangle(random), "name: x");
        }
    }

    [Fact]
    public void Mangled_overrides_are_read_or_refused_by_name()
    {
        var random = new RandomStream(4, "fuzz");
        for (var i = 0; i < 2000; i++)
        {
            var value = string.Concat(Enumerable.Range(0, random.NextInt32(8)).Select(_ => _pieces[random.NextInt32(_pieces.Length)]));
            AssertReadOrRefused(Valid, $"{(random.NextInt32(2) == 0 ? "weights.first=" : "stages.0=")}{value}");
        }
    }

    private static void AssertReadOrRefused(string text, string assignment)
    {
        try
        {
            _ = ConfigurationReader.Parse<ExampleStudyOptions>(
                text, "fuzz.yaml", assignment.Contains('=', StringComparison.Ordinal) ? [assignment] : []);
        }
        catch (ConfigurationException exception)
        {
            Assert.NotEmpty(exception.Errors);
            Assert.All(exception.Errors, error => Assert.True(
                error.Location.Source == assignment
                    || (error.Location.Source == "fuzz.yaml" && error.Location is { Line: >= 1, Column: >= 1 })));
        }
    }

    private static string Mangle(RandomStream random)
    {
        var text = Valid;
        for (var edits = 1 + random.NextInt32(6); edits > 0; edits--)
        {
            var start = random.NextInt32(text.Length + 1);
            var length = random.NextInt32(Math.Min(12, text.Length - start) + 1);
            text = random.NextInt32(4) switch
            {
                0 => text.Remove(start, length),
                1 => text.Insert(start, text.Substring(start, length)),
                2 =>
                    text.Insert(
                        start, string.Concat(Enumerable.Repeat(_pieces[random.NextInt32(_pieces.Length)], 1 + random.NextInt32(40)))),
                _ => text.Insert(start, _pieces[random.NextInt32(_pieces.Length)]),
            };
        }

        return text;
    }
}
