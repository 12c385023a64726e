namespace Husai.Reporting;

/// <summary>An autoencoder at one step of its training.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Loss">Training loss.</param>
/// <param name="ExplainedVariance">Explained variance, or null if not logged here.</param>
/// <param name="L0">Mean number of active latents, or null if not logged here.</param>
/// <param name="DeadFraction">Share of dead latents, or null if not logged here.</param>
public sealed record TrainingPoint(int Step, double Loss, double? ExplainedVariance = null, double? L0 = null, double? DeadFraction = null);
