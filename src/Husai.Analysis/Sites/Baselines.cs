using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Geometry;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;
using Husai.Transformers.Activations;

namespace Husai.Analysis.Sites;

/// <summary>The bases that an SAE has to beat at a site.</summary>
internal static class Baselines
{
    public static IEnumerable<BasisUnderTest> Of(AnalysedSite site, Sae? like, ulong seed)
    {
        if (site.Neurons() is { } neurons)
        {
            yield return neurons;
        }

        yield return site.PrincipalComponents();
        if (like is not null)
        {
            yield return site.BasisOf("untrained SAE", Untrained(like, site.Circuit.Covariance, seed));
        }
    }


    // Initialised as training would: unit decoder, encoder its transpose, the data's mean as decoder bias.
    private static Sae Untrained(Sae like, Covariance covariance, ulong seed)
    {
        var decoder = RandomDirections.Isotropic(like.Latents, like.Width, new RandomStream(seed, "null.untrained"));
        var mean = Array.ConvertAll(covariance.Mean, value => (float)value);
        return like.Architecture switch
        {
            SaeArchitecture.TopK => Sae.TopK(decoder.Clone(), decoder, new float[like.Latents], mean, like.K),
            SaeArchitecture.MatchingPursuit => Sae.MatchingPursuit(decoder, mean, like.K),
            _ => Sae.Standard(decoder.Clone(), decoder, new float[like.Latents], mean),
        };
    }
}
