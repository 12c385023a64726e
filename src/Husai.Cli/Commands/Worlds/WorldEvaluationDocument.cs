using Husai.Analysis.Chance;
using Husai.Analysis.Worlds;
using Husai.Autoencoders.Storage;

namespace Husai.Cli.Commands.Worlds;

/// <summary>What an SAE makes of a world, as <c>--json</c> prints it: under the names of SynthSAEBench (arXiv 2602.14687).</summary>
internal sealed record WorldEvaluationDocument(
    string Sae, string Architecture, int Latents, double Mcc, double Uniqueness, double Precision, double Recall, double F1,
    double Accuracy, double L0, double TrueL0, int Dead, double Shrinkage, double ExplainedVariance, double FoundShare,
    string WeightsHash, WorldChanceDocument Chance, AssignedDocument Assigned, LiveLatentsDocument? Live,
    IReadOnlyList<RateStratum> ByRate, TreeEdgeSummary? Trees)
{
    /// <summary>The metrics that have a mean over seeds.</summary>
    public static IReadOnlyList<(string Name, Func<WorldEvaluationDocument, double> Value)> Metrics { get; } =
    [
        ("mcc", sae => sae.Mcc), ("uniqueness", sae => sae.Uniqueness), ("precision", sae => sae.Precision),
        ("recall", sae => sae.Recall), ("f1", sae => sae.F1), ("accuracy", sae => sae.Accuracy), ("l0", sae => sae.L0),
        ("dead", sae => sae.Dead), ("shrinkage", sae => sae.Shrinkage), ("explained_variance", sae => sae.ExplainedVariance),
        ("found_share", sae => sae.FoundShare), ("assigned_f1", sae => sae.Assigned.F1),
    ];

    /// <summary>Collects what was measured on an SAE.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="saved">The SAE.</param>
    /// <param name="evaluation">What was measured.</param>
    /// <param name="alive">Its live latents, matched; null without one.</param>
    /// <param name="chance">Chance of as many latents as a number of them.</param>
    public static WorldEvaluationDocument From(
        string folder, SavedSae saved, WorldEvaluation evaluation, TruthRecovery? alive, Func<int, RecoveryChance> chance)
    {
        var (recovery, classification, assigned) = (evaluation.Recovery, evaluation.Classification, evaluation.AssignedClassification);
        var latents = saved.Sae.Latents;
        return new WorldEvaluationDocument(
            folder, saved.TrainingArchitecture, latents, recovery.Mcc, recovery.Uniqueness, classification.Precision,
            classification.Recall, classification.F1, classification.Accuracy, evaluation.L0, evaluation.TrueL0, evaluation.DeadLatents,
            evaluation.Shrinkage, evaluation.ExplainedVariance, recovery.FoundShare, SaeFolder.WeightsHash(saved.Sae),
            WorldChanceDocument.From(chance(latents), classification.ChanceF1),
            new AssignedDocument(
                assigned.Precision, assigned.Recall, assigned.F1, assigned.Accuracy, new ChanceLevel(assigned.ChanceF1, 0, 0)),
            LiveLatentsDocument.From(evaluation, alive, chance), evaluation.ByRate, TreeEdgeSummary.From(evaluation.Edges));
    }
}

/// <summary>What metrics come to by chance. F1: if each latent fired as often, whatever its feature does.</summary>
internal sealed record WorldChanceDocument(
    ChanceLevel Mcc, ChanceLevel Uniqueness, ChanceLevel FoundShare, ChanceLevel FeatureCosine, ChanceLevel F1)
{
    public static WorldChanceDocument From(RecoveryChance chance, double f1) =>
        new(chance.Mcc, chance.Uniqueness, chance.FoundShare, chance.FeatureCosine, new ChanceLevel(f1, 0, 0));
}

/// <summary>Latents as classifiers of their features in the one-to-one assignment.</summary>
internal sealed record AssignedDocument(double Precision, double Recall, double F1, double Accuracy, ChanceLevel ChanceF1);

/// <summary>The latents that fire, without the dead ones.</summary>
internal sealed record LiveLatentsDocument(
    int Latents, double Mcc, double Uniqueness, double Precision, double Recall, double F1, WorldChanceDocument Chance)
{
    public static LiveLatentsDocument? From(WorldEvaluation evaluation, TruthRecovery? recovery, Func<int, RecoveryChance> chance)
    {
        if (recovery is null)
        {
            return null;
        }

        // A latent that never fires adds 0 to each sum.
        var alive = recovery.BestMatches.Count;
        var share = evaluation.Recovery.BestMatches.Count / (double)alive;
        var classification = evaluation.Classification;
        return new LiveLatentsDocument(
            alive, recovery.Mcc, recovery.Uniqueness, classification.Precision * share, classification.Recall * share,
            classification.F1 * share, WorldChanceDocument.From(chance(alive), classification.ChanceF1 * share));
    }
}
