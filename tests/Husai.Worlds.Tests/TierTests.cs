using Husai.Testing.Tiers;

namespace Husai.Worlds.Tests;

public sealed class TierTests
{
    [Theory]
    [MemberData(nameof(TierProcess.Switches), MemberType = typeof(TierProcess))]
    public void Worlds_and_samples_are_the_same_on_every_lower_tier(string tier, string variable) =>
        TierProcess.Run(typeof(TierTests).Assembly, tier, variable);
}
