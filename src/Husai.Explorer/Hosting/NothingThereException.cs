namespace Husai.Explorer.Hosting;

/// <summary>An address names nothing below the folders that are shown.</summary>
internal sealed class NothingThereException(string message) : Exception(message);
