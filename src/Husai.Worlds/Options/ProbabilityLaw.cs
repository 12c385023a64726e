namespace Husai.Worlds.Options;

/// <summary>How a feature's base probability falls with its rank.</summary>
internal enum ProbabilityLaw
{
    /// <summary>A power of the rank, moved and scaled onto the range from the largest to the smallest: the tail is no power.</summary>
    Zipfian,

    /// <summary>Equal steps from the largest to the smallest.</summary>
    Linear,

    /// <summary>Uniform between the smallest and the largest, in no order.</summary>
    Random,

    /// <summary>The largest for all.</summary>
    Constant,
}
