namespace Husai.AcceptanceTests;

/// <summary>What the program does with input that is wrong.</summary>
internal static class BadInput
{
    /// <summary>Runs the program, which must end with exit code 2, say this, and print nothing.</summary>
    /// <returns>Standard error.</returns>
    public static string AssertBadInput(string text, params string[] arguments)
    {
        var result = HusaiProcess.Run(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(text, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        return result.Error;
    }
}
