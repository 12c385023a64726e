using Husai.Analysis.Circuits;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Storage;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Tasks;

namespace Husai.Experiments.Saes;

/// <summary>
/// A site of a transformer whose circuit trained SAEs are compared with at once: their overlap alone, for <c>husai sae train</c>.
/// <c>husai circuit</c> measures the rest.
/// </summary>
internal sealed class CircuitSite
{
    private readonly Lazy<Circuit> _circuit;
    private readonly Workers _workers;

    private CircuitSite(int modulus, Matrix activations, Workers workers) =>
        (_circuit, _workers) = (new(() => Circuit.Of(activations, modulus, workers: workers)), workers);

    /// <summary>Takes a site; null where the waves of its modulus are not measured.</summary>
    /// <param name="site">The site.</param>
    /// <param name="activations">Its activations of all inputs, <c>[p², width]</c>.</param>
    /// <param name="workers">Threads to use.</param>
    public static CircuitSite? Of(TransformerSite site, Matrix activations, Workers workers)
    {
        ArgumentNullException.ThrowIfNull(site);
        var modulus = site.Checkpoint.Task.Modulus;
        return CircuitModulus.Problem(modulus) is null ? new CircuitSite(modulus, activations, workers) : null;
    }

    /// <summary>
    /// The overlap of an SAE's live decoder rows with the circuit, beside that with other planes of the same span; null where the site has
    /// no planes or the SAE no live latents.
    /// </summary>
    /// <param name="saved">The SAE, with its firing frequencies.</param>
    public PlaneChoice? OverlapOf(SavedSae saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        var dictionary = new LatentDictionary("SAE", saved.Sae.Decoder, saved.Sae.Encoder, saved.FiringFrequencies);
        return CircuitAgreement.Of(_circuit.Value, dictionary, _workers)?.FourierOverlap;
    }

    /// <summary>Whether the overlap is above its level: if not, the SAE has not learnt the circuit.</summary>
    /// <param name="overlap">The overlap with its level.</param>
    public static SaeCheck CheckOf(PlaneChoice overlap)
    {
        ArgumentNullException.ThrowIfNull(overlap);
        var level = overlap.OtherPlanes.Value;
        return new SaeCheck("circuit_overlap_above_other_planes", overlap.Score, level, overlap.Score > level, RedFlag: true);
    }
}
