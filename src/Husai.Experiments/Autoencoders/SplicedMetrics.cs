using Husai.Autoencoders;
using Husai.Numerics;
using Husai.Transformers;

namespace Husai.Experiments.Autoencoders;

/// <summary>What a transformer still does when an autoencoder's reconstructions take the place of its activations, over all inputs.</summary>
public sealed record SplicedMetrics
{
    /// <summary>Accuracy of the transformer as it is.</summary>
    public required double AccuracyClean { get; init; }

    /// <summary>Accuracy with the reconstructions.</summary>
    public required double AccuracySpliced { get; init; }

    /// <summary>Cross-entropy of the transformer as it is, in nats.</summary>
    public required double CeClean { get; init; }

    /// <summary>Cross-entropy with the reconstructions.</summary>
    public required double CeSpliced { get; init; }

    /// <summary>Cross-entropy with zeros.</summary>
    public required double CeZeroAblated { get; init; }

    /// <summary>Cross-entropy with the mean activation.</summary>
    public required double CeMeanAblated { get; init; }

    /// <summary>(CE zero-ablated - CE spliced) / (CE zero-ablated - CE clean); null where zeros change nothing.</summary>
    public double? CeRecoveredZeroAblation => Recovered(CeZeroAblated);

    /// <summary>(CE mean-ablated - CE spliced) / (CE mean-ablated - CE clean); null where the mean changes nothing.</summary>
    public double? CeRecoveredMeanAblation => Recovered(CeMeanAblated);

    /// <summary>Measures an autoencoder.</summary>
    /// <param name="site">Where its reconstructions go.</param>
    /// <param name="activations">The site's activations.</param>
    /// <param name="autoencoder">The autoencoder.</param>
    /// <param name="workers">Threads to use.</param>
    public static SplicedMetrics Measure(TransformerSite site, Matrix activations, Autoencoder autoencoder, Workers workers)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(activations);
        ArgumentNullException.ThrowIfNull(autoencoder);
        var model = site.Checkpoint.Model;
        Evaluation With(Matrix replaced) =>
            model.EvaluateLogits(model.LogitsFrom(site.Site, site.Layer, replaced, workers), workers: workers);
        var clean = With(activations);
        var spliced = With(autoencoder.Reconstruct(activations, workers));
        return new SplicedMetrics
        {
            AccuracyClean = clean.Accuracy,
            AccuracySpliced = spliced.Accuracy,
            CeClean = clean.Loss,
            CeSpliced = spliced.Loss,
            CeZeroAblated = With(new Matrix(activations.Rows, activations.Columns)).Loss,
            CeMeanAblated = With(MeanRows(activations)).Loss,
        };
    }

    private double? Recovered(double ablated) => ablated == CeClean ? null : (ablated - CeSpliced) / (ablated - CeClean);

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
}
