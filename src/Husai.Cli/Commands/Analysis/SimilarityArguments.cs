using System.CommandLine;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Cli.Hosting;

namespace Husai.Cli.Commands.Analysis;

/// <summary>The options that define a similarity and its chance levels.</summary>
internal sealed class SimilarityArguments
{
    private readonly Option<CosineMeasure?> _cosine = EnumOption.Create("--cosine", "Absolute or signed cosine", CosineMeasure.Absolute);

    private readonly Option<Matcher?> _matcher = EnumOption.Create("--matcher", "How to pair latents", Matcher.Maximum);

    private readonly Option<MatchedWeights?> _weights = EnumOption.Create(
        "--weights", "Which weights to compare", MatchedWeights.Decoder);

    private readonly Option<MatchReduction?> _reduction = EnumOption.Create(
        "--reduction", "Mean of the matched cosines, or fraction of them above the threshold", MatchReduction.Mean);

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
        _cosine.Aliases.Add("--similarity");
        foreach (Option option in new Option[] { _cosine, _matcher, _weights, _reduction, _threshold, _includeDead, _draws, _seed })
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
                Cosine = context.Get(_cosine) ?? defaults.Similarity.Cosine,
                Matcher = context.Get(_matcher) ?? defaults.Similarity.Matcher,
                Weights = context.Get(_weights) ?? defaults.Similarity.Weights,
                Reduction = context.Get(_reduction) ?? defaults.Similarity.Reduction,
                Threshold = threshold,
                IncludeDead = context.Get(_includeDead),
            },
            FoundCosine = threshold,
            ChanceDraws = context.Get(_draws),
            ChanceSeed = (ulong)(context.Get(_seed) ?? 0),
        };
    }
}
