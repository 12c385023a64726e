using System.Globalization;
using Husai.Analysis.Latents;
using Husai.Autoencoders.Activations;
using Husai.Experiments.Saes;
using Husai.Formats.Files;
using Husai.Transformers.Activations;

namespace Husai.Experiments.Latents;

/// <summary>Which inputs the rows of an arithmetic task's activations are of, as the file's description says.</summary>
/// <param name="modulus">The modulus.</param>
/// <param name="positions">Rows of an input: its positions, or 1.</param>
internal sealed class ArithmeticRows(int modulus, int positions)
{
    /// <summary>Reads what is known of a file.</summary>
    /// <param name="path">The file, or files.</param>
    /// <param name="rows">Its rows.</param>
    /// <returns>Null where the file is not known to hold activations over all inputs of a task.</returns>
    /// <exception cref="InvalidFileException">The file or the description beside it is damaged.</exception>
    public static ArithmeticRows? Of(string path, long rows)
    {
        if (ActivationSources.IsTable(path) || ActivationPath.FilesOf(path) is not [var file])
        {
            return null;
        }

        var description = ActivationExport.ReadDescription(file);
        if (!int.TryParse(
            description.GetValueOrDefault(ActivationExport.ModulusKey), NumberStyles.None, CultureInfo.InvariantCulture, out var modulus)
            || modulus < 1)
        {
            return null;
        }

        var (positions, rest) = Math.DivRem(rows, (long)modulus * modulus);
        var isWhole = rest == 0 && positions > 0;
        var isEverywhere = description.GetValueOrDefault(ActivationExport.PositionKey) == ActivationExport.AllPositions;
        return isWhole && (isEverywhere || positions == 1) ? new ArithmeticRows(modulus, (int)positions) : null;
    }

    /// <summary>The modulus.</summary>
    public int Modulus => modulus;

    /// <summary>Rows of an input: its positions, or 1.</summary>
    public int Positions => positions;

    /// <summary>The excerpt with its inputs.</summary>
    public Excerpt Describe(Excerpt excerpt)
    {
        ArgumentNullException.ThrowIfNull(excerpt);
        var (input, position) = Math.DivRem(excerpt.Row, positions);
        return excerpt with
        {
            Inputs = [(int)(input / modulus), (int)(input % modulus)],
            Position = positions > 1 ? (int)position : null,
        };
    }
}
