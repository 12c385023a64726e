namespace Husai.Analysis.Verdicts;

/// <summary>Something that a reader should know before believing a number.</summary>
/// <param name="Code">Stable name, such as <c>low_explained_variance</c>.</param>
/// <param name="Subject">The configuration, model or run it is about.</param>
/// <param name="Message">What is wrong, one sentence with the number.</param>
public sealed record RedFlag(string Code, string Subject, string Message);
