namespace Husai.Analysis.Stability;

/// <summary>Two dictionaries whose trainings began at the same weights: that they agree says nothing about what training finds.</summary>
/// <param name="First">Number of the first in its set.</param>
/// <param name="Second">Number of the second.</param>
/// <param name="Evidence">How it is known.</param>
/// <param name="SameIndexCosine">Mean cosine of decoder rows of the same index, at the end of training.</param>
/// <param name="CommonMotion">
/// That cosine corrected for its level when both leave the start independently, the mean over i of the product of row i's two cosines to
/// the start: 0 when they do, 1 when they move alike. Null where the start is unknown.
/// </param>
public sealed record SharedStart(int First, int Second, SharedStartEvidence Evidence, double? SameIndexCosine, double? CommonMotion);
