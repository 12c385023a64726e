using Husai.Experiments.Configuration;
using Husai.Formats.Files;

namespace Husai.Experiments.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void What_is_left_out_keeps_its_default()
    {
        var options = Parse("name: quick");

        Assert.Equal("quick", options.Name);
        Assert.Equal(10, options.Seeds);
        Assert.Equal([128, 256], options.Widths);
        Assert.Equal(3e-4, options.Optimiser.LearningRate);
    }

    [Fact]
    public void Every_kind_of_value_is_read()
    {
        var options = Parse(
            """
            name: "quoted: text"   # a comment
            note: null
            seeds: 7
            root_seed: "18446744073709551615"
            resume: false
            fraction: 1
            tolerance: '1000.5e-3'
            patience: ~
            architecture: batch_top_k
            reduction: median
            optimiser: { learning_rate: .5 }
            widths:
              - 1e3
              - +64
            stages:
              - learning_rate: 1.
                beta1: -0.5
              - {}
            weights: { first: 1, "second one": 2 }
            """);

        Assert.Equal("quoted: text", options.Name);
        Assert.Null(options.Note);
        Assert.Equal(7, options.Seeds);
        Assert.Equal(ulong.MaxValue, options.RootSeed);
        Assert.False(options.Resume);
        Assert.Equal(1f, options.Fraction);
        Assert.Equal(1.0005, options.Tolerance);
        Assert.Null(options.Patience);
        Assert.Equal(Architecture.BatchTopK, options.Architecture);
        Assert.Equal("median", options.Reduction);
        Assert.Equal(0.5, options.Optimiser.LearningRate);
        Assert.Equal([1000, 64], options.Widths);
        Assert.Equal([new OptimiserOptions { LearningRate = 1, Beta1 = -0.5 }, new OptimiserOptions()], options.Stages);
        Assert.Equal(2, options.Weights["second one"]);
    }

    [Fact]
    public void A_record_given_in_part_keeps_the_rest_of_the_outer_default() =>
        Assert.Equal(
            new OptimiserOptions { LearningRate = 3e-4, Beta1 = 0.5 }, Parse("name: a\noptimiser:\n  beta1: 0.5").Optimiser);

    [Theory]
    [InlineData("architecture: jumprelu")]
    [InlineData("# comment\n---\narchitecture: jumprelu\n...\n")]
    public void The_name_of_a_value_can_be_set_by_its_attribute(string text) =>
        Assert.Equal(Architecture.JumpReLU, Parse(text, "name=a").Architecture);

    [Fact]
    public void All_errors_are_reported_at_once_in_order_of_place()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Parse(
            """
            seeds: many
            optimizer:
              beta1: 0.5
            fraction: 0
            architecture: topk
            """));

        Assert.Equal(
            """
            a.yaml:1:1: 'name' is missing in the configuration
            a.yaml:1:8: 'seeds' is 'many' where a whole number is needed
            a.yaml:2:1: unknown key 'optimizer': did you mean 'optimiser'?
            a.yaml:4:11: 'fraction' is '0' where more than 0 and at most 1 is needed
            a.yaml:5:15: 'architecture' is 'topk' where one of top_k, batch_top_k, jumprelu (did you mean 'top_k'?) is needed
            """,
            exception.Message);
        Assert.Equal(5, exception.Errors.Count);
    }

    [Theory]
    [InlineData("seeds: 0", "1:8: 'seeds' is '0' where at least 1 and at most 100 is needed")]
    [InlineData("seeds: 1.5", "1:8: 'seeds' is '1.5' where a whole number is needed")]
    [InlineData("seeds: 1e-400", "1:8: 'seeds' is '1e-400' where a whole number is needed")]
    [InlineData("seeds: 99999999999", "1:8: 'seeds' is '99999999999' where a whole number from -2147483648 to 2147483647 is needed")]
    [InlineData("seeds: \"three\"", "1:8: 'seeds' is 'three' where a whole number is needed")]
    [InlineData("seeds: \"\"", "1:8: 'seeds' is '' where a whole number is needed")]
    [InlineData("seeds: 1_0", "1:8: 'seeds' is '1_0' where a whole number is needed")]
    [InlineData("tolerance: 1_0.5", "1:12: 'tolerance' is '1_0.5' where a number is needed")]
    [InlineData("seeds: 3\n\0seeds: x", "2:1: YAML has no control characters, such as this U+0000")]
    [InlineData("seeds: 3 # \u001b", "1:12: YAML has no control characters, such as this U+001B")]
    [InlineData("seeds: 0x10", "1:8: 'seeds' is '0x10' where a whole number is needed")]
    [InlineData("seeds: 1__0", "1:8: 'seeds' is '1__0' where a whole number is needed")]
    [InlineData("seeds:", "1:7: 'seeds' has no value")]
    [InlineData("seeds: [1]", "1:8: 'seeds' is a list where a single value is needed")]
    [InlineData("root_seed: -1", "1:12: 'root_seed' is '-1' where a whole number from 0 to 18446744073709551615 is needed")]
    [InlineData("tolerance: .nan", "1:12: 'tolerance' is '.nan' where a number is needed")]
    [InlineData("tolerance: 1e999", "1:12: 'tolerance' is '1e999' where a number within the range of Double is needed")]
    [InlineData("fraction: 1e39", "1:11: 'fraction' is '1e39' where a number within the range of Single is needed")]
    [InlineData("tolerance: .", "1:12: 'tolerance' is '.' where a number is needed")]
    [InlineData("resume: yes", "1:9: 'resume' is 'yes' where true or false is needed")]
    [InlineData("reduction: medain", "1:12: 'reduction' is 'medain' where one of mean, median (did you mean 'median'?) is needed")]
    [InlineData("widths: 5", "1:9: 'widths' is '5' where a list is needed, such as [1, 2]")]
    [InlineData("widths: [1, 0]", "1:13: 'widths.1' is '0' where at least 1 is needed")]
    [InlineData("optimiser: 3", "1:12: 'optimiser' is '3' where keys with values are needed")]
    [InlineData("stages: [{learning_rate: 0}]", "1:26: 'learning_rate' is '0' where more than 0 is needed")]
    [InlineData("weights: {a: b}", "1:14: 'weights.a' is 'b' where a number is needed")]
    [InlineData("patience: 11", "1:11: patience 11 exceeds seeds 10")]
    [InlineData("seeds: 1\nseeds: 2", "2:1: duplicate key 'seeds', first given in line 1")]
    [InlineData(
        "zzz: 1",
        "1:1: unknown key 'zzz': the keys here are name, note, seeds, root_seed, resume, fraction, tolerance, patience, architecture, "
            + "reduction, optimiser, widths, stages, weights")]
    [InlineData(
        "total: 1",
        "1:1: unknown key 'total': the keys here are name, note, seeds, root_seed, resume, fraction, tolerance, patience, architecture, "
            + "reduction, optimiser, widths, stages, weights")]
    [InlineData("[1]: 2", "1:1: a key must be a name")]
    [InlineData("seeds: &s 3", "1:8: the anchor '&s' is refused: write each value out where it is used")]
    [InlineData("seeds: *s", "1:8: the alias '*s' is refused: write the value out")]
    [InlineData("seeds: !!int 3", "1:8: the tag 'tag:yaml.org,2002:int' is refused: the type of a value follows from its key")]
    public void An_error_says_where_it_is_and_what_is_needed(string text, string expected)
    {
        var exception = Assert.Throws<ConfigurationException>(() => Parse(text, "name=a"));

        Assert.Equal($"a.yaml:{expected}", exception.Message);
    }

    [Fact]
    public void A_second_document_is_refused() => Assert.Equal(
        "a.yaml:2:1: a second document begins here: a configuration is one document",
        Assert.Throws<ConfigurationException>(() => Parse("name: a\n---\nname: b")).Message);

    [Fact]
    public void The_objection_of_another_attribute_is_reported() =>
        Assert.StartsWith(
            "a.yaml:1:9: ", Assert.Throws<ConfigurationException>(() => Parse("widths: []", "name=a")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("seeds: [1", "a.yaml:")]
    [InlineData("a: b: c", "a.yaml:1:")]
    public void Broken_yaml_is_one_error_with_its_place(string text, string expected)
    {
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => Parse(text)).Errors);

        Assert.StartsWith(expected, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("this is not YAML", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    [InlineData("{}")]
    public void An_empty_file_lacks_only_what_is_required(string text) =>
        Assert.EndsWith(
            ": 'name' is missing in the configuration", Assert.Throws<ConfigurationException>(() => Parse(text)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Depth_and_size_are_limited()
    {
        Assert.Contains(
            "levels are nested", Assert.Throws<ConfigurationException>(() => Parse(new string('[', 5000))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "values",
            Assert.Throws<ConfigurationException>(() => Parse($"widths: [{string.Join(',', Enumerable.Repeat("1", 100_000))}]")).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "characters",
            Assert.Throws<ConfigurationException>(() => Parse(new string(' ', ConfigurationReader.MaximumLength + 1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_named_in_its_errors()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "study.yaml");
        File.WriteAllText(path, "name: a\nseeds: 3\n");
        Assert.Equal(3, ConfigurationReader.Read<ExampleStudyOptions>(path).Seeds);

        File.WriteAllBytes(path, [.. "name: "u8, 0xff]);
        Assert.Equal(
            $"{path}: is not UTF-8 text",
            Assert.Throws<InvalidFileException>(() => ConfigurationReader.Read<ExampleStudyOptions>(path)).Message);
    }

    [Fact]
    public void What_is_no_file_is_said_to_be_so()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        string Message(string path) =>
            Assert.Throws<InvalidFileException>(() => ConfigurationReader.Read<ExampleStudyOptions>(path)).Message;

        Assert.Equal($"{folder}: is a folder, not a file", Message(folder));
        Assert.Equal($"{folder}/x: no such file", Message($"{folder}/x"));
        Assert.Equal($"{folder}/x/y: no such file", Message($"{folder}/x/y"));
        Assert.Equal("/dev/zero: is a device, not a file", Message("/dev/zero"));
        Assert.Equal("/dev/tty: is a device, not a file", Message("/dev/tty"));

        var large = Path.Combine(folder, "large");
        File.WriteAllBytes(large, new byte[ConfigurationReader.MaximumLength + 1]);
        Assert.EndsWith("is longer than the 1048576 bytes that are read of a configuration", Message(large), StringComparison.Ordinal);
    }

    private static ExampleStudyOptions Parse(string text, params string[] overrides) =>
        ConfigurationReader.Parse<ExampleStudyOptions>(text, "a.yaml", overrides);
}
