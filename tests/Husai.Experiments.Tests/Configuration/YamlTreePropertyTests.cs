using FsCheck;
using FsCheck.Fluent;
using Husai.Experiments.Configuration;
using Husai.Experiments.Configuration.Yaml;
using Husai.Testing.Properties;

namespace Husai.Experiments.Tests.Configuration;

public sealed class YamlTreePropertyTests
{
    private const int MostBranches = 4;
    private const int MostLevels = 4;

    private static readonly Gen<string> Texts =
        from count in Gen.Choose(0, 6)
        from pieces in Gen.Elements(
            "a", "B", "7", ".", "-", " ", ": ", " #", "'", "\"", "\\", "[", "]", "{", "}", ",", "&", "*",
            "!", "|", ">", "%", "@", "~", "é", "😀")
            .ArrayOf(count)
        select string.Concat(pieces);

    private static readonly Gen<Leaf> Leaves = Gen.OneOf(
        Texts.Select(text => new Leaf(text, $"'{text.Replace("'", "''", StringComparison.Ordinal)}'")),
        Texts.Select(text => new Leaf(
            text, $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"")),
        Gen.Elements("null", "~", "true", "topk_8x", "-1.5e-3", "é").Select(text => new Leaf(text, text)));

    [Fact]
    public void A_tree_is_read_as_it_was_written_in_lines_and_in_brackets() => RandomCases.Check(
        Mappings(MostLevels).Select(root => (root, text: root.InLines(""))),
        file =>
        {
            var errors = new ErrorList();
            var read = YamlTreeReader.Read(file.text, "tree.yaml", errors);

            Assert.Equal(0, errors.Count);
            AssertEqual(file.root, read, file.text.Split('\n'));
        },
        count: 500);

    private static Gen<Tree> Trees(int levels) => levels == 0
        ? Leaves.Select(leaf => (Tree)leaf)
        : Gen.OneOf(Leaves.Select(leaf => (Tree)leaf), Lists(levels), Mappings(levels));

    private static Gen<Tree> Lists(int levels) =>
        from count in Gen.Choose(0, MostBranches)
        from items in Trees(levels - 1).ArrayOf(count)
        from bracketed in Gen.Elements(false, true)
        select (Tree)new List(items, bracketed);

    private static Gen<Tree> Mappings(int levels) =>
        from count in Gen.Choose(0, MostBranches)
        from keys in Leaves.ArrayOf(count)
        from values in Trees(levels - 1).ArrayOf(count)
        from bracketed in Gen.Elements(false, true)
        select (Tree)new Mapping([.. keys.Zip(values).DistinctBy(entry => entry.First.Text)], bracketed);

    private static void AssertEqual(Tree expected, ConfigurationNode actual, string[] lines)
    {
        switch (expected)
        {
            case Leaf leaf:
                var scalar = Assert.IsType<ScalarNode>(actual);
                Assert.Equal((leaf.Text, leaf.Text == leaf.Written), (scalar.Value, scalar.IsPlain));
                AssertStandsAt(scalar.Location, leaf, lines);
                break;
            case List list:
                var items = Assert.IsType<SequenceNode>(actual).Items;
                Assert.Equal(list.Items.Length, items.Count);
                Assert.All(list.Items.Zip(items), pair => AssertEqual(pair.First, pair.Second, lines));
                break;
            case Mapping mapping:
                var entries = Assert.IsType<MappingNode>(actual).Entries;
                Assert.Equal(mapping.Entries.Select(entry => entry.Key.Text), entries.Select(entry => entry.Key));
                Assert.All(mapping.Entries.Zip(entries), pair =>
                {
                    AssertStandsAt(pair.Second.Location, pair.First.Key, lines);
                    AssertEqual(pair.First.Value, pair.Second.Value, lines);
                });
                break;
        }
    }

    private static void AssertStandsAt(ConfigurationLocation location, Leaf leaf, string[] lines) =>
        Assert.StartsWith(leaf.Written, lines[location.Line - 1][(location.Column - 1)..], StringComparison.Ordinal);

    private abstract record Tree
    {
        public abstract string InBrackets();

        // The cursor stands behind a key or a dash; ends the line.
        public virtual string InLines(string indent) => $" {InBrackets()}\n";
    }

    private sealed record Leaf(string Text, string Written) : Tree
    {
        public override string InBrackets() => Written;
    }

    private sealed record List(Tree[] Items, bool IsBracketed) : Tree
    {
        public override string InBrackets() => $"[{string.Join(", ", Items.Select(item => item.InBrackets()))}]";

        public override string InLines(string indent) => IsBracketed || Items.Length == 0
            ? base.InLines(indent)
            : "\n" + string.Concat(Items.Select(item => $"{indent}-{item.InLines(indent + "  ")}"));
    }

    private sealed record Mapping((Leaf Key, Tree Value)[] Entries, bool IsBracketed) : Tree
    {
        public override string InBrackets() =>
            $"{{{string.Join(", ", Entries.Select(entry => $"{entry.Key.Written}: {entry.Value.InBrackets()}"))}}}";

        public override string InLines(string indent) => IsBracketed || Entries.Length == 0
            ? base.InLines(indent)
            : "\n" + string.Concat(Entries.Select(entry => $"{indent}{entry.Key.Written}:{entry.Value.InLines(indent + "  ")}"));
    }
}
