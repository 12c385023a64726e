namespace Husai.Reporting.Tables;

/// <summary>What every presentation of a study's results says in the same words.</summary>
internal static class StudyText
{
    /// <summary>How to read the table of configurations, a line each.</summary>
    public static IReadOnlyList<string> HowToRead { get; } =
    [
        "same shape: similarity of independent dictionaries with the same numbers of latents and the same second moments; kappa = "
            + "(similarity - same shape) / (1 - same shape), 0 at chance and 1 for identical dictionaries.",
        "start: mean cosine of the live latents to their initial directions; near 1 training has hardly moved them, and their similarity "
            + "is that of random directions.",
        "kappa turned: the same against the dictionaries turned within the activations' principal directions; at 0 the seeds cover the "
            + "same ground, above 0 they share latents.",
    ];
}
