using Husai.Autoencoders;
using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>What the latents of a set of SAEs do at the site of a model that they describe.</summary>
/// <param name="Predictors">For each SAE the properties that may go with stability.</param>
/// <param name="Activations">Agreement of their activations.</param>
public sealed record SetAtSite(IReadOnlyList<LatentPredictors> Predictors, ActivationAgreement Activations)
{
    /// <summary>Runs the SAEs on all inputs and holds them against the ground truth.</summary>
    /// <param name="site">The site.</param>
    /// <param name="saes">The SAEs with the names that results call them by, at least two.</param>
    /// <param name="options">How stability is measured.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told the number of SAEs done so far.</param>
    /// <exception cref="ArgumentException">An SAE reads another width, or none of its latents fires.</exception>
    public static SetAtSite Of(
        AnalysedSite site, IReadOnlyList<(string Name, Autoencoder Autoencoder)> saes, StabilityOptions options, Workers? workers = null, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(saes);
        var predictors = new List<LatentPredictors>();
        var bases = new List<BasisUnderTest>();
        foreach (var (name, autoencoder) in saes)
        {
            if (autoencoder.Width != site.Truth.Covariance.Width)
            {
                throw new ArgumentException($"{name} has width {autoencoder.Width} but the activations have width {site.Truth.Covariance.Width}", nameof(saes));
            }

            var basis = site.BasisOf(name, autoencoder);
            bases.Add(basis);
            predictors.Add(LatentPredictors.Of(
                new LatentDictionary(name, autoencoder.Decoder, autoencoder.Encoder, FiringFrequencies(basis.Maps)), site.Measure(basis)));
            progress?.Invoke(predictors.Count);
        }

        return new SetAtSite(predictors, ActivationAgreement.Of(bases, site.Truth.Modulus, options, workers));
    }

    private static double[] FiringFrequencies(Matrix maps)
    {
        var result = new double[maps.Rows];
        for (var latent = 0; latent < maps.Rows; latent++)
        {
            var fires = 0;
            foreach (var value in maps.Row(latent))
            {
                fires += value > 0 ? 1 : 0;
            }

            result[latent] = fires / (double)maps.Columns;
        }

        return result;
    }
}
