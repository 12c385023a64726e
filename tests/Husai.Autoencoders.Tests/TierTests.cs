using Husai.Testing.Tiers;

namespace Husai.Autoencoders.Tests;

public sealed class TierTests
{
    [Theory]
    [MemberData(nameof(TierProcess.Switches), MemberType = typeof(TierProcess))]
    public void The_engine_passes_its_tests_on_every_lower_tier(string tier, string variable) =>
        TierProcess.Run(typeof(TierTests).Assembly, tier, variable);
}
