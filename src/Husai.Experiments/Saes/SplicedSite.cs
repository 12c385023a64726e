using Husai.Autoencoders.Model;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Activations;
using Husai.Transformers.Training;

namespace Husai.Experiments.Saes;

/// <summary>
/// A site of a transformer into which the reconstructions of several SAEs are put; what does not depend on them is measured once.
/// </summary>
internal sealed class SplicedSite
{
    private readonly TransformerSite _site;
    private readonly Matrix _activations;
    private readonly Workers _workers;
    private readonly Lazy<(Evaluation Clean, double ZeroAblated, double MeanAblated)> _references;

    /// <summary>Takes a site.</summary>
    /// <param name="site">Where the reconstructions go.</param>
    /// <param name="activations">The site's activations.</param>
    /// <param name="workers">Threads to use.</param>
    public SplicedSite(TransformerSite site, Matrix activations, Workers workers)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(activations);
        (_site, _activations, _workers) = (site, activations, workers);
        _references = new(() =>
        (
            With(activations), With(new Matrix(activations.Rows, activations.Columns)).Loss, With(MeanRows(activations)).Loss));
    }

    /// <summary>Measures an SAE.</summary>
    /// <param name="sae">The SAE.</param>
    public SplicedMetrics Measure(Sae sae)
    {
        ArgumentNullException.ThrowIfNull(sae);
        var spliced = With(sae.Reconstruct(_activations, _workers));
        var (clean, zeroAblated, meanAblated) = _references.Value;
        return new SplicedMetrics
        {
            AccuracyClean = clean.Accuracy,
            AccuracySpliced = spliced.Accuracy,
            CeClean = clean.Loss,
            CeSpliced = spliced.Loss,
            CeZeroAblated = zeroAblated,
            CeMeanAblated = meanAblated,
        };
    }

    private static Matrix MeanRows(Matrix activations)
    {
        var sums = new double[activations.Columns];
        Reductions.ColumnSums(sums, activations);
        var mean = Array.ConvertAll(sums, sum => (float)(sum / activations.Rows));
        var result = new Matrix(activations.Rows, activations.Columns);
        for (var row = 0; row < result.Rows; row++)
        {
            mean.CopyTo(result.Row(row));
        }

        return result;
    }

    private Evaluation With(Matrix replaced)
    {
        var model = _site.Checkpoint.Model;
        return model.EvaluateLogits(model.LogitsFrom(_site.Site, _site.Layer, replaced, _workers), workers: _workers);
    }
}
