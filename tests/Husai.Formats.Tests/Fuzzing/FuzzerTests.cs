namespace Husai.Formats.Tests.Fuzzing;

public sealed class FuzzerTests
{
    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Damaged_files_are_read_or_refused_and_nothing_else(string name)
    {
        // The long run of the same inputs and more: dotnet run -c Release --project tests/Husai.Formats.Fuzzing
        var fuzzer = new Fuzzer(FuzzTargets.All.Single(target => target.Name == name), seed: 1);
        fuzzer.Run(0, 1000);
        Assert.Empty(fuzzer.Failures);
        Assert.Equal(1000, fuzzer.Accepted + fuzzer.Refused);

        // A fuzzer that is always or never believed tests nothing.
        Assert.True(fuzzer.Accepted > 0);
        Assert.True(fuzzer.Refused > 0 || name is "events" or "wandb");
    }

    [Fact]
    public void Another_exception_and_a_large_allocation_are_failures()
    {
        var throwing = new Fuzzer(new FuzzTarget("x", [[1]], _ => throw new NotSupportedException()), 1);
        throwing.Run(0, 2);
        Assert.Equal(2, throwing.Failures.Count);
        var allocating = new Fuzzer(new FuzzTarget("x", [[1]], _ => GC.KeepAlive(new byte[70 << 20])), 1);
        allocating.Run(0, 1);
        Assert.Single(allocating.Failures);
    }
}
