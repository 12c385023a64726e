using Husai.Experiments.Studies.Configuration;

namespace Husai.Experiments.Studies.Results;

/// <summary>One network of a study.</summary>
/// <param name="Network">The network.</param>
/// <param name="Extraction">What was extracted from it, or null.</param>
internal sealed record NetworkResults(StudyNetwork Network, ExtractionResult? Extraction);
