namespace Husai.Analysis.Matching.Candidates;

/// <summary>Told how far a certified match has come.</summary>
/// <param name="round">The round, from 1 on; how many there will be is not known.</param>
/// <param name="share">Share of the round's product that is done, from 0 to 1.</param>
internal delegate void RoundProgress(int round, double share);
