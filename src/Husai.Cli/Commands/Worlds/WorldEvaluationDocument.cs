using Husai.Analysis.Worlds;
using Husai.Autoencoders.Storage;

namespace Husai.Cli.Commands.Worlds;

/// <summary>What an SAE makes of a world, as <c>--json</c> prints it: under the names of SynthSAEBench (arXiv 2602.14687).</summary>
internal sealed record WorldEvaluationDocument(
    string Sae, string Architecture, int Latents, double Mcc, double Uniqueness, double Precision, double Recall, double F1,
    double Accuracy, double L0, double TrueL0, int Dead, double Shrinkage, double ExplainedVariance, string WeightsHash,
    RecoveryChance Chance)
{
    /// <summary>The metrics that have a mean over seeds.</summary>
    public static IReadOnlyList<(string Name, Func<WorldEvaluationDocument, double> Value)> Metrics { get; } =
    [
        ("mcc", sae => sae.Mcc), ("uniqueness", sae => sae.Uniqueness), ("precision", sae => sae.Precision),
        ("recall", sae => sae.Recall), ("f1", sae => sae.F1), ("accuracy", sae => sae.Accuracy), ("l0", sae => sae.L0),
        ("dead", sae => sae.Dead), ("shrinkage", sae => sae.Shrinkage), ("explained_variance", sae => sae.ExplainedVariance),
    ];

    public static WorldEvaluationDocument From(
        string folder, SavedSae saved, WorldEvaluation evaluation, RecoveryChance chance)
    {
        var (recovery, classification) = (evaluation.Recovery, evaluation.Classification);
        return new WorldEvaluationDocument(
            folder, saved.TrainingArchitecture, saved.Sae.Latents, recovery.Mcc, recovery.Uniqueness, classification.Precision,
            classification.Recall, classification.F1, classification.Accuracy, evaluation.L0, evaluation.TrueL0, evaluation.DeadLatents,
            evaluation.Shrinkage, evaluation.ExplainedVariance, SaeFolder.WeightsHash(saved.Sae), chance);
    }
}
