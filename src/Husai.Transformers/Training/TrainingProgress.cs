namespace Husai.Transformers.Training;

/// <summary>How far training has come.</summary>
/// <param name="Record">The latest evaluation.</param>
/// <param name="StepsInAll">Steps taken, those of earlier starts included.</param>
/// <param name="Epochs">Epochs at which the start at work ends at the latest; earlier once clean-up has begun.</param>
/// <param name="EpochsPerSecond">Since training was started or resumed; 0 at first.</param>
/// <param name="TimeLeft">To <paramref name="Epochs"/> at this speed; null at first.</param>
internal sealed record TrainingProgress(
    TrainingRecord Record, long StepsInAll, int Epochs, double EpochsPerSecond, TimeSpan? TimeLeft);
