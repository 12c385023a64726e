using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Transformers.Activations;
using Husai.Transformers.Models;

namespace Husai.Analysis.Circuits;

/// <summary>
/// An SAE, or any other set of directions with activations (neurons, principal components, random directions), to be compared with the
/// circuit.
/// </summary>
internal sealed class BasisUnderTest
{
    private const string NeuronsName = "neurons";
    private const int UsualComponents = 20;

    /// <summary>Takes directions and maps as they are.</summary>
    /// <param name="dictionary">Its directions.</param>
    /// <param name="maps">Activation of each latent on all inputs, <c>[latents, p²]</c>, one map a row.</param>
    /// <exception cref="ArgumentException">There is not one map for each latent.</exception>
    public BasisUnderTest(LatentDictionary dictionary, Matrix maps)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        ArgumentNullException.ThrowIfNull(maps);
        if (maps.Rows != dictionary.Latents)
        {
            throw new ArgumentException($"{dictionary.Name} has {dictionary.Latents} latents, but the maps are {maps.Shape}", nameof(maps));
        }

        Dictionary = dictionary;
        Maps = maps;
    }

    /// <summary>Its directions.</summary>
    public LatentDictionary Dictionary { get; }

    /// <summary><c>[latents, p²]</c>, one map a row.</summary>
    public Matrix Maps { get; }

    /// <summary>The coordinates of a site as they are, such as the neurons at <c>mlp_hidden</c>.</summary>
    /// <param name="name">How results call it.</param>
    /// <param name="activations"><c>[p², width]</c>.</param>
    public static BasisUnderTest Coordinates(string name, Matrix activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var identity = new Matrix(activations.Columns, activations.Columns);
        for (var i = 0; i < activations.Columns; i++)
        {
            identity[i, i] = 1;
        }

        return new BasisUnderTest(new LatentDictionary(name, identity, identity), activations.Transpose());
    }

    /// <summary>
    /// The neurons of a layer as directions at a site: the coordinates at <c>mlp_hidden</c>, and the rows of W_out after the MLP. Null at a
    /// site that no neuron of its layer has written to.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="site">The site.</param>
    /// <param name="layer">The layer, from 0 on.</param>
    /// <param name="activations"><c>[p², width]</c>, those of the site.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static BasisUnderTest? Neurons(Transformer model, ActivationSite site, int layer, Matrix activations, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (site == ActivationSite.MlpHidden)
        {
            return Coordinates(NeuronsName, activations);
        }

        if (site is not (ActivationSite.MlpOut or ActivationSite.ResidPost))
        {
            return null;
        }

        var hidden = model.Activations(ActivationSite.MlpHidden, layer, workers: workers);
        var output = model.Parameters[$"blocks.{layer}.mlp.W_out"].Values;
        return new BasisUnderTest(new LatentDictionary(NeuronsName, output), hidden.Transpose());
    }

    /// <summary>
    /// As many leading principal components as the planes of the circuit have dimensions: more would hold residue, and make a bar that is
    /// too easy. Without planes, twenty.
    /// </summary>
    /// <param name="activations"><c>[p², width]</c>.</param>
    /// <param name="circuit">The circuit at the site.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static BasisUnderTest PrincipalComponents(Matrix activations, Circuit circuit, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var dimensions = circuit.Planes.Sum(plane => plane.Basis.Rows);
        return PrincipalComponents(
            activations, circuit.Covariance, Math.Min(dimensions > 0 ? dimensions : UsualComponents, circuit.Covariance.Width), workers);
    }

    /// <summary>The first principal components of the activations.</summary>
    /// <param name="activations"><c>[p², width]</c>.</param>
    /// <param name="covariance">Their covariance.</param>
    /// <param name="components">How many, at most the width.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static BasisUnderTest PrincipalComponents(Matrix activations, Covariance covariance, int components, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(activations);
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(components, covariance.Width);
        var directions = PrincipalDirections(covariance, components);
        var maps = new Matrix(components, activations.Rows);
        MatrixProduct.Multiply(maps, directions, activations, ProductForm.ABt, workers: workers);
        return new BasisUnderTest(new LatentDictionary("principal components", directions, directions), maps);
    }

    /// <summary>The first principal directions, <c>[components, width]</c>.</summary>
    internal static Matrix PrincipalDirections(Covariance covariance, int components)
    {
        var directions = new Matrix(components, covariance.Width);
        for (var i = 0; i < components; i++)
        {
            for (var j = 0; j < covariance.Width; j++)
            {
                directions[i, j] = (float)covariance.Eigen.Vectors[i, j];
            }
        }

        return directions;
    }
}
