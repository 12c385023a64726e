using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;

namespace Husai.Cli.Commands.Analysis;

/// <summary>What <c>dynamics --json</c> prints.</summary>
/// <param name="Options">The options; their similarity's name says what the numbers are.</param>
/// <param name="Saes">The trainings.</param>
/// <param name="Steps">Each common step.</param>
/// <param name="Skipped">Steps of only some of the trainings.</param>
internal sealed record DynamicsDocument(
    SimilarityOptions Options, IReadOnlyList<string> Saes, IReadOnlyList<DynamicsPoint> Steps, IReadOnlyList<long> Skipped);
