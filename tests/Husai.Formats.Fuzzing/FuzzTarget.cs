using Husai.Formats.Files;

namespace Husai.Formats.Fuzzing;

/// <summary>One reader under attack.</summary>
/// <param name="Name">Its name; also the purpose of its random numbers.</param>
/// <param name="Seeds">Valid inputs, from which damaged ones are made.</param>
/// <param name="Read">Reads an input; may throw <see cref="InvalidFileException"/> and nothing else.</param>
public sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Action<byte[]> Read);
