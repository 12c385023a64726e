using Husai.Analysis.Sites;

namespace Husai.Cli.Commands.Analysis;

/// <summary>The circuit of a site, as <c>circuit --json</c> prints it.</summary>
internal sealed record GroundTruthDocument(
    IReadOnlyList<int> KeyFrequencies, IReadOnlyList<PlaneDocument> Planes, double PlaneShare, double Residual, double AnswerShare,
    double EffectiveRank)
{
    public static GroundTruthDocument Of(AnalysedSite site) => new(
        site.KeyFrequencies(),
        [.. site.Truth.Planes.Select(plane =>
            new PlaneDocument(plane.Name, plane.Frequency, plane.Lines, plane.VarianceShare, plane.Basis.Rows))],
        site.Truth.PlaneShare,
        1 - site.Truth.PlaneShare,
        site.Truth.AnswerShare,
        Husai.Analysis.Geometry.EffectiveRank.Of(site.Truth.Covariance));
}
