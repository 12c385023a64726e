using Husai.Autoencoders.Training;
using Husai.Experiments.Studies.Results;
using Husai.Formats.Files;
using Husai.Transformers.Training;

namespace Husai.Experiments.Folders;

/// <summary>Reads what a training has measured so far, also while it writes: a line that is not at its end yet is left out.</summary>
internal static class TrainingMetrics
{
    /// <summary>The evaluations of the training of an SAE, in order of the steps; none where there is no file.</summary>
    /// <param name="folder">Folder of the training.</param>
    /// <exception cref="InvalidFileException">The file is not what a training writes.</exception>
    public static IReadOnlyList<TrainingPoint> OfSae(string folder) => MetricsLines.ReadGrowing<TrainingPoint>(folder);

    /// <summary>The evaluations of a transformer's last start, in order of the epochs; none where there is no file.</summary>
    /// <param name="folder">Folder of the training.</param>
    /// <exception cref="InvalidFileException">The file is not what a training writes.</exception>
    public static IReadOnlyList<TrainingRecord> OfTransformer(string folder) =>
        TrainingRecord.OfLastStart(MetricsLines.ReadGrowing<TrainingRecord>(folder));
}
