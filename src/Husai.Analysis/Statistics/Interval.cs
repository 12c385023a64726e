namespace Husai.Analysis.Statistics;

/// <summary>An estimate with its uncertainty over seeds.</summary>
/// <param name="Mean">The estimate.</param>
/// <param name="StandardError">Its standard error, or null when there are too few seeds to tell.</param>
/// <param name="Low">Lower end of the interval, or null.</param>
/// <param name="High">Upper end of the interval, or null.</param>
/// <param name="Confidence">Confidence of the interval, such as 0.95.</param>
/// <param name="Seeds">Number of seeds behind it.</param>
public sealed record Interval(double Mean, double? StandardError, double? Low, double? High, double Confidence, int Seeds);
