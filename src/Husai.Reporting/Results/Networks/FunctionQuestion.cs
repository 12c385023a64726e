using Husai.Analysis.Functional;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;

namespace Husai.Reporting.Results.Networks;

/// <summary>Do matched latents do the same?</summary>
internal static class FunctionQuestion
{
    // Others lie between these; the studies' reports have them all.
    private static readonly FunctionMatcher[] Shown =
        [FunctionMatcher.NearestDecoder, FunctionMatcher.HungarianDecoder, FunctionMatcher.NearestActivation];

    public static void Write(MarkdownText text, IReadOnlyList<NetworkRow> all)
    {
        List<(NetworkRow Row, FunctionScore Score)> rows =
            [.. all.SelectMany(row => row.Trained.Function.Where(score => Shown.Contains(score.Matcher)).Select(score => (row, score)))];
        if (rows.Count == 0)
        {
            return;
        }

        text.Heading(2, "Do matched latents do the same?");
        List<FunctionScore> judged = [.. rows.Select(row => row.Score).Where(score => HasInterval(score))];
        var better = judged.Count(score => score.Substitution!.Low > score.Negative!.High);
        text.Paragraph(
            judged.Count == 0 ? "**Not said: it takes three seeds.**"
            : $"**In {better} of {judged.Count} rows a match writes more of what the latent writes than the hard negative does, by "
                + "intervals that do not overlap.**",
            "R: share of what a latent writes that its partner in another seed writes too. Hard negative: the other latent with the "
            + "nearest decoder row that fires about as often as the partner.");
        text.Table(
            ["SAE", "matcher", "coverage", "R", "hard negative", "R, randomised", "hard negative", "match is better", "randomised"],
            rows.Select(row => (IReadOnlyList<string>)
            [
                row.Row.Trained.Name, row.Score.Matcher.InWords(), TableText.Number(row.Score.Coverage?.Mean),
                TableText.Interval(row.Score.Substitution), TableText.Interval(row.Score.Negative),
                TableText.Interval(On(row.Row, row.Score)?.Substitution), TableText.Interval(On(row.Row, row.Score)?.Negative),
                TableText.Number(row.Score.BeatsNegative?.Mean), TableText.Number(On(row.Row, row.Score)?.BeatsNegative?.Mean),
            ]));
    }

    private static bool HasInterval(FunctionScore score) =>
        score is { Substitution: { Low: not null, High: not null }, Negative: { Low: not null, High: not null } };

    // The same matcher on the copy.
    private static FunctionScore? On(NetworkRow row, FunctionScore score) =>
        row.Randomised?.Function.FirstOrDefault(other => other.Matcher == score.Matcher);
}
