namespace Husai.Experiments.Tests.Trackers;

/// <summary>A clock that stands still.</summary>
internal sealed class ManualTime : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
}
