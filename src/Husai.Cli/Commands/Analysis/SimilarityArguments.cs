using System.CommandLine;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Cli.Hosting;

namespace Husai.Cli.Commands.Analysis;

/// <summary>The options that define a similarity and its chance levels.</summary>
internal sealed class SimilarityArguments
{
    private readonly Option<string> _similarity = Choice("--similarity", "Absolute or signed cosine", "abs", "signed");

    private readonly Option<string> _matcher = Choice("--matcher", "How to pair latents", "max", "hungarian", "mutual-nn", "greedy");

    private readonly Option<string> _weights = Choice("--weights", "Which weights to compare", "decoder", "encoder", "both");

    private readonly Option<string> _reduction = Choice(
        "--reduction", "Mean of the matched cosines, or fraction of them above the threshold", "mean", "fraction");

    private readonly Option<double?> _threshold = NumberOption.Create(
        "--threshold", "Cosine above which a latent counts as shared [default: 0.7]", -1.0, 1.0);

    private readonly Option<bool> _includeDead = new("--include-dead") { Description = "Include latents that never fire" };

    private readonly Option<int?> _draws = NumberOption.Create(
        "--chance-draws",
        "Random sets that each drawn chance level is computed from [default: 4 to 400, by the number of latents]", 2, 10_000);

    private readonly Option<long?> _seed = NumberOption.Create(
        "--chance-seed", "Seed of the chance levels [default: 0]", 0L, long.MaxValue);

    public SimilarityArguments(Command command)
    {
        foreach (Option option in new Option[] { _similarity, _matcher, _weights, _reduction, _threshold, _includeDead, _draws, _seed })
        {
            command.Options.Add(option);
        }
    }

    public StabilityOptions Read(CommandContext context)
    {
        var defaults = new StabilityOptions();
        var threshold = context.Get(_threshold) ?? defaults.Similarity.Threshold;
        return new StabilityOptions
        {
            Similarity = new SimilarityOptions
            {
                Cosine = context.Get(_similarity) == "signed" ? CosineMeasure.Signed : CosineMeasure.Absolute,
                Matcher = context.Get(_matcher) switch
                {
                    "hungarian" => Matcher.Hungarian,
                    "mutual-nn" => Matcher.MutualNearest,
                    "greedy" => Matcher.Greedy,
                    _ => Matcher.Maximum,
                },
                Weights = context.Get(_weights) switch
                {
                    "encoder" => MatchedWeights.Encoder,
                    "both" => MatchedWeights.Both,
                    _ => MatchedWeights.Decoder,
                },
                Reduction = context.Get(_reduction) == "fraction" ? MatchReduction.FractionAboveThreshold : MatchReduction.Mean,
                Threshold = threshold,
                IncludeDead = context.Get(_includeDead),
            },
            FoundCosine = threshold,
            ChanceDraws = context.Get(_draws),
            ChanceSeed = (ulong)(context.Get(_seed) ?? 0),
        };
    }

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnly(values);
        return option;
    }
}
