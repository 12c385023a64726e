using Husai.Analysis.Sites;

namespace Husai.Cli.Commands.Analysis;

/// <summary>The circuit of a site, as <c>circuit --json</c> prints it.</summary>
internal sealed record CircuitPlanesDocument(
    IReadOnlyList<int> KeyFrequencies, IReadOnlyList<PlaneDocument> Planes, double PlaneShare, double Residual, double AnswerShare,
    double EffectiveRank)
{
    public static CircuitPlanesDocument Of(AnalysedSite site) => new(
        site.KeyFrequencies(),
        [.. site.Circuit.Planes.Select(plane =>
            new PlaneDocument(plane.Name, plane.Frequency, plane.Lines, plane.VarianceShare, plane.Basis.Rows))],
        site.Circuit.PlaneShare,
        1 - site.Circuit.PlaneShare,
        site.Circuit.AnswerShare,
        Husai.Analysis.Geometry.EffectiveRank.Of(site.Circuit.Covariance));
}
