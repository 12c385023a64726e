using Husai.Analysis;

namespace Husai.Reporting;

/// <summary>Similarities of a configuration's autoencoders at one step of training.</summary>
/// <param name="Step">Steps done; 0 is the initialisation.</param>
/// <param name="ToOtherSeeds">Similarity between seeds at this step.</param>
/// <param name="ToFinalSelf">Similarity to the same run at its end, or null.</param>
/// <param name="ToGroundTruth">Agreement with the ground truth, or null.</param>
public sealed record DynamicsPoint(int Step, Interval? ToOtherSeeds, Interval? ToFinalSelf, Interval? ToGroundTruth);
