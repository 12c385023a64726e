using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;

namespace Husai.Experiments.Studies.Results;

/// <summary>When the agreement of a configuration's seeds forms.</summary>
/// <param name="Name">The similarity in full.</param>
/// <param name="Points">By step; the last is the end of training.</param>
internal sealed record DynamicsResult(string Name, IReadOnlyList<StudyDynamicsPoint> Points)
{
    internal const string FileName = "result.json";
}

/// <summary>A configuration's SAEs at one step of training.</summary>
/// <param name="Step">Steps taken; 0 is the initialisation.</param>
/// <param name="Agreement">Similarity between seeds and to the final self, with chance; null with fewer than two seeds, or where a seed has
/// no latent alive.</param>
/// <param name="ExplainedVariance">On the held-out rows, with the interval over seeds.</param>
/// <param name="FourierOverlap">Energy of the decoder rows in their best plane of the circuit; null where there is none.</param>
internal sealed record StudyDynamicsPoint(long Step, DynamicsPoint? Agreement, Interval ExplainedVariance, Interval? FourierOverlap);
