namespace Husai.Autoencoders.Interop;

/// <summary>Where an SAE is, and in which layout.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Path">What its reader takes: a folder, or the file with the weights.</param>
internal sealed record SaeLocation(SaeLayout Layout, string Path);
