using System.Text.Json;
using Husai.Numerics.Instructions;

namespace Husai.AcceptanceTests.Commands;

public sealed class SelfCheckCommandTests
{
    private static readonly Lazy<JsonElement> _alone = new(() => Check([], threads: 1));

    [Fact]
    public void Every_kernel_has_a_name_and_a_hash_of_its_own()
    {
        var kernels = _alone.Value.GetProperty("kernels").EnumerateArray().ToArray();

        Assert.True(kernels.Length > 40, $"{kernels.Length} kernels");
        Assert.Equal(kernels.Length, kernels.DistinctBy(kernel => kernel.GetProperty("name").GetString()).Count());
        Assert.Equal(kernels.Length, kernels.DistinctBy(kernel => kernel.GetProperty("hash").GetString()).Count());
        Assert.All(kernels, kernel => Assert.Matches("^[0-9a-f]{16}$", kernel.GetProperty("hash").GetString()));
    }

    [Fact]
    public void Two_threads_give_the_bits_of_one()
    {
        var two = Check([], threads: 2);

        Assert.Equal(2, two.GetProperty("threads").GetInt32());
        AssertSameHashes(two);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", nameof(InstructionTier.Avx2))]
    [InlineData("DOTNET_EnableAVX2", nameof(InstructionTier.Vector128))]
    [InlineData("DOTNET_EnableHWIntrinsic", nameof(InstructionTier.Software))]
    public void A_lower_instruction_tier_gives_the_same_bits(string variable, string expected)
    {
        var lower = Check(new() { [variable] = "0" }, threads: 2);

        var tier = (InstructionTier)Math.Min((int)Enum.Parse<InstructionTier>(expected), (int)Hardware.Tier);
        Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName(tier.ToString()), lower.GetProperty("tier").GetString());
        AssertSameHashes(lower);
    }

    [Fact]
    public void The_table_has_a_line_for_each_kernel_and_the_combined_hash_last()
    {
        var lines = HusaiProcess.Run("selfcheck").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(_alone.Value.GetProperty("kernels").GetArrayLength() + 2, lines.Length);
        Assert.Contains(_alone.Value.GetProperty("combined").GetString()!, lines[^1], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.Contains($" {Hardware.Tier}", line, StringComparison.Ordinal));
    }

    private static JsonElement Check(Dictionary<string, string> environment, int threads)
    {
        var result = HusaiProcess.RunWith(environment, "selfcheck", "--json", "--threads", $"{threads}");
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static void AssertSameHashes(JsonElement actual)
    {
        // The kernels first: they say where the difference is.
        Assert.Equal(Hashes(_alone.Value), Hashes(actual));
        Assert.Equal(_alone.Value.GetProperty("combined").GetString(), actual.GetProperty("combined").GetString());

        static string[] Hashes(JsonElement document) =>
            [.. document.GetProperty("kernels").EnumerateArray()
                .Select(kernel => $"{kernel.GetProperty("name")} {kernel.GetProperty("hash")}")];
    }
}
