using Husai.Numerics.Instructions;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests;

public class TierTests
{
    [Theory]
    [MemberData(nameof(TierProcess.Switches), MemberType = typeof(TierProcess))]
    public void The_kernels_pass_their_tests_on_every_lower_tier(string tier, string variable) =>
        TierProcess.Run(typeof(TierTests).Assembly, tier, variable);

    [Fact]
    public void A_process_of_another_tier_than_expected_fails()
    {
        var other = Hardware.Tier == InstructionTier.Avx512 ? InstructionTier.Software : InstructionTier.Avx512;
        Assert.Equal(TierTestRunner.WrongTier, TierTestRunner.Run(typeof(TierTests).Assembly.Location, other, TextWriter.Null));
    }
}
