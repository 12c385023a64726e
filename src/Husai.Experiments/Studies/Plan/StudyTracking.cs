namespace Husai.Experiments.Studies.Plan;

/// <summary>
/// The trackers that the trainings of a study are kept for. They have no part in a job's key: results do not depend on them.
/// </summary>
/// <param name="Names">Names of trackers.</param>
/// <param name="Study">The study's name, which groups its runs.</param>
/// <param name="Warn">Takes warnings, each a line of text; from any thread.</param>
internal sealed record StudyTracking(IReadOnlyList<string> Names, string Study, Action<string> Warn);
