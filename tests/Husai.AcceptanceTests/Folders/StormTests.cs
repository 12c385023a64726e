using Husai.CrashTests;

namespace Husai.AcceptanceTests.Folders;

public sealed class StormTests
{
    [Fact]
    public void A_short_storm_loses_and_changes_nothing()
    {
        // The long one: dotnet run -c Release --project tests/Husai.CrashTests -- 500 1 50
        var report = new List<string>();
        using var storm = new Storm(seed: 1, report.Add);
        Assert.True(storm.Run(kills: 4, powerCuts: 1, "sae train"), string.Join('\n', report));
        Assert.Contains(
            report,
            line => line.StartsWith("killed: sae train", StringComparison.Ordinal) && line.Contains("4 times", StringComparison.Ordinal));
    }
}
