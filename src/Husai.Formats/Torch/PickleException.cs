namespace Husai.Formats.Torch;

/// <summary>A pickle does something that a state dict of tensors has no business doing.</summary>
internal sealed class PickleException(string message) : Exception(message);
