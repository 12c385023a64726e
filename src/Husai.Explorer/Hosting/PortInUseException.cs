namespace Husai.Explorer.Hosting;

/// <summary>The explorer cannot listen where it was told to.</summary>
/// <param name="message">What, where and what to do.</param>
/// <param name="inner">What the system said.</param>
public sealed class PortInUseException(string message, Exception inner) : Exception(message, inner);
