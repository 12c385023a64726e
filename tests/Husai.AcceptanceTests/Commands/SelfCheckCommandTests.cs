using System.Text.Json;

namespace Husai.AcceptanceTests.Commands;

public sealed class SelfCheckCommandTests
{
    [Fact]
    public void Json_is_one_document()
    {
        var result = HusaiProcess.Run("selfcheck", "--json", "--threads", "2");

        Assert.Equal(0, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(2, document.RootElement.GetProperty("threads").GetInt32());
        Assert.Equal(
            document.RootElement.GetProperty("kernels").GetArrayLength(),
            document.RootElement.GetProperty("kernels").EnumerateArray().DistinctBy(kernel => kernel.GetProperty("hash").GetString()).Count());
    }
}
