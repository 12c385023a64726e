using Husai.Formats.Files;

namespace Husai.Formats.Tensors;

/// <summary>What every state of a training must fulfil before a training is resumed from it.</summary>
internal static class StateChecks
{
    /// <summary>Makes sure that all numbers are finite: one that is not would spread through all weights.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="state">Its tensors.</param>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is null.</exception>
    /// <exception cref="InvalidFileException">One is not; the message names the tensor and the element.</exception>
    public static void RequireFinite(string path, TensorFile state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var (name, tensor) in state.Tensors.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var index = tensor.Type switch
            {
                TensorType.Float32 => Array.FindIndex(tensor.ToSingles(), value => !float.IsFinite(value)),
                TensorType.Float64 => Array.FindIndex(tensor.ToDoubles(), value => !double.IsFinite(value)),
                _ => -1,
            };
            if (index >= 0)
            {
                throw new InvalidFileException(path, $"tensor '{name}' holds a value that is not finite, at element {index}: no training "
                    + "can be resumed from it");
            }
        }
    }
}
