using System.Globalization;
using System.Text.Json.Nodes;
using Husai.Numerics.Randomness;
using Husai.Worlds.Construction;
using Husai.Worlds.Options;

namespace Husai.Worlds.Tests.Construction;

public sealed class ProbabilityTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Base_and_compensated_probabilities_are_the_published_ones(int world)
    {
        var expected = GoldenWorlds.Expected["probabilities"]![world]!;
        var features = (int)expected["features"]!;
        var trees = TreeGrowth.Create(
            new TreeOptions
            {
                Roots = (int)expected["roots"]!,
                Children = (int)expected["branching"]!,
                MaxDepth = (int)expected["max_depth"]!,
                ExclusiveShare = 1,
            },
            features, new RandomStream(1, "trees"));
        var options = new ProbabilityOptions
        {
            Largest = (double)expected["max"]!,
            Smallest = (double)expected["min"]!,
            Exponent = (double)expected["exponent"]!,
        };

        var probabilities = BaseProbabilities.Create(options, features, 1);
        var compensated = Compensation.Apply(probabilities, trees);

        Close((double)expected["base_sum"]!, probabilities.Sum());
        Close((double)expected["sum"]!, compensated.Sum());
        foreach (var (rank, pair) in expected["at"]!.AsObject())
        {
            var feature = int.Parse(rank, CultureInfo.InvariantCulture);
            Close((double)pair![0]!, probabilities[feature]);
            Close((double)pair[1]!, compensated[feature]);
        }

        Assert.Equal((int)expected["clamped"]!, compensated.Count(probability => probability == 1));
        Close((double)expected["max_before_clamp"]!, compensated.Max());
        Assert.Equal((int)expected["nodes"]!, features - Enumerable.Range(0, features).Count(IsFree));

        bool IsFree(int feature) => trees.Parents[feature] < 0 && trees.ChildrenOf(feature).IsEmpty;
    }

    [Fact]
    public void Other_laws_keep_to_their_range()
    {
        ProbabilityOptions Law(ProbabilityLaw law) => new() { Law = law, Largest = 0.3, Smallest = 0.1 };

        Assert.Equal([0.3, 0.2, 0.1], BaseProbabilities.Create(Law(ProbabilityLaw.Linear), 3, 1).Select(p => Math.Round(p, 12)));
        Assert.Equal([0.3, 0.3], BaseProbabilities.Create(Law(ProbabilityLaw.Constant), 2, 1));
        Assert.Equal([0.3], BaseProbabilities.Create(Law(ProbabilityLaw.Random), 1, 1));
        var random = BaseProbabilities.Create(Law(ProbabilityLaw.Random), 1000, 1);
        Assert.All(random, p => Assert.InRange(p, 0.1, 0.3));
        Assert.InRange(random.Average(), 0.195, 0.205);
    }

    private static void Close(double expected, double actual) => Assert.InRange(actual / expected - 1, -2e-6, 2e-6);
}
