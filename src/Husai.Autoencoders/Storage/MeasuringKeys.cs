namespace Husai.Autoencoders.Storage;

/// <summary>Names in the metadata of <c>cfg.json</c> under which a training notes how it measured.</summary>
internal static class MeasuringKeys
{
    public const string HeldOutFraction = "held_out_fraction";
    public const string DeadThreshold = "dead_threshold";
    public const string FiringRows = "firing_rows";
}
