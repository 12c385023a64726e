namespace Husai.AcceptanceTests;

/// <summary>How a run of the program ended.</summary>
/// <param name="ExitCode">Its exit code; 128 + n if signal n ended it.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record HusaiResult(int ExitCode, string Output, string Error);
