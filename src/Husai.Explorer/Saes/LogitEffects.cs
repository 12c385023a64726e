using System.Globalization;
using Husai.Analysis.Causal;
using Husai.Analysis.Sites;
using Husai.Experiments.Folders;
using Husai.Explorer.Runs;
using Husai.Formats.Files;
using Husai.Numerics.Matrices;
using Husai.Reporting.Figures;
using Husai.Transformers.Activations;
using Husai.Transformers.Checkpoints;

namespace Husai.Explorer.Saes;

/// <summary>What latents of a study on arithmetic add to the logits of their transformer.</summary>
internal sealed class LogitEffects(FolderTree tree)
{
    private const int BytesOfValue = sizeof(float);
    private const long MostBytes = 16L << 20;

    private readonly RecentValues<(FileStamp Weights, FileStamp Activations), DirectPath> _paths =
        new(MostBytes, path => BytesOfValue * (long)path.Weights.Rows * path.Weights.Columns);

    /// <summary>The effect of a direction; null where the study's transformer is not there, or is another than the SAE's.</summary>
    /// <param name="sae">Folder of the SAE.</param>
    /// <param name="direction">The latent's decoder row.</param>
    public ReportFigure? Figure(string sae, ReadOnlySpan<float> direction)
    {
        if (RunSearch.TransformerOf(sae) is not { } transformer || SaePlace.ActivationsOf(tree, sae) is not { } activations
            || !tree.Holds(Path.GetFullPath(transformer)) || PathFrom(transformer, activations) is not { } path
            || path.Weights.Rows != direction.Length)
        {
            return null;
        }

        var row = new Matrix(1, direction.Length);
        direction.CopyTo(row.AsSpan());
        var attribution = LogitAttribution.Of(row, path.Weights)[0];
        return ExplorerFigures.LogitEffect(path.EffectOf(direction), NoteOn(path, attribution));
    }

    private DirectPath? PathFrom(string transformer, string activations)
    {
        try
        {
            var description = ActivationExport.ReadDescription(activations);
            if (description.GetValueOrDefault(ActivationExport.SiteKey) is not { } site || !ActivationSites.Names.Contains(site)
                || !int.TryParse(
                    description.GetValueOrDefault(ActivationExport.LayerKey), NumberStyles.None, CultureInfo.InvariantCulture,
                    out var layer))
            {
                return null;
            }

            return _paths.Get((FileStamp.OfTransformer(transformer), FileStamp.OfActivations(activations)), () =>
            {
                var checkpoint = TransformerCheckpoint.Load(transformer);
                return checkpoint.WeightsHash == description.GetValueOrDefault(ActivationExport.WeightsHashKey)
                    ? DirectPath.Of(checkpoint.Model, ActivationSites.Parse(site), layer)
                    : throw new InvalidFileException(transformer, "is not the transformer that the activations were read off");
            });
        }
        catch (Exception error) when (error is InvalidFileException or IOException or ArgumentException)
        {
            // Half written, gone since, or another: the page shows the rest.
            return null;
        }
    }

    private static string NoteOn(DirectPath path, LogitAttribution attribution) => string.Join(' ', ((string[])
        [
            path.IsWhole ? "Nothing but the unembedding reads this site."
                : "The direct path alone: what the attention and the MLPs behind the site make of it is left out.",
            path.IsUpToScale ? "The last layer norm divides the effects on each input by a number of its own." : "",
            attribution.Share > 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Frequency {attribution.Frequency} holds {100 * attribution.Share:0}% of its power.")
                : "",
        ]).Where(sentence => sentence.Length > 0));
}
