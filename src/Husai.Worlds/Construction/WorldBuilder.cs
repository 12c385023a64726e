using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using Husai.Worlds.Model;
using Husai.Worlds.Options;

namespace Husai.Worlds.Construction;

/// <summary>Makes the world that options describe. The result depends on the options alone, not on threads or machine.</summary>
internal static class WorldBuilder
{
    /// <summary>Makes a world.</summary>
    /// <param name="options">What world.</param>
    /// <param name="workers">Threads to use; the calling one by default. A view's token ends it between two steps of orthogonalisation.
    /// </param>
    /// <param name="progress">Told of each finished step of orthogonalisation; may be null.</param>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    /// <exception cref="OperationCanceledException">The workers' token is set.</exception>
    public static World Build(WorldOptions options, Workers? workers = null, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var seed = (ulong)options.Seed;
        var trees = TreeGrowth.Create(options.Trees, options.Features, new RandomStream(seed, "world.trees"));
        var probabilities = BaseProbabilities.Create(options.Probabilities, options.Features, seed);
        if (options.Trees.CompensateProbabilities)
        {
            probabilities = Compensation.Apply(probabilities, trees);
        }

        var (dictionary, bias) = Directions(options, seed, workers, progress);
        return new World(
            dictionary, bias, Array.ConvertAll(probabilities, probability => (float)probability),
            MagnitudeParameters.Create(options.Means, options.Features, new RandomStream(seed, "world.means")),
            MagnitudeParameters.Create(options.Deviations, options.Features, new RandomStream(seed, "world.deviations")),
            RandomLoadings.Create(options.Correlation, options.Features, new RandomStream(seed, "world.loadings")),
            trees, options.Trees.ScaleByParent);
    }

    private static (Matrix Dictionary, float[] Bias) Directions(WorldOptions options, ulong seed, Workers? workers, Action<int>? progress)
    {
        var dictionary = new Matrix(options.Features, options.Width);
        new RandomStream(seed, "world.dictionary").FillNormal(dictionary, workers);
        UnitRows.Normalise(dictionary, workers);
        Orthogonalisation.Run(dictionary, options.Dictionary.OrthogonalisationSteps, options.Dictionary.LearningRate, workers, progress);
        var bias = new Matrix(1, options.Width);
        new RandomStream(seed, "world.bias").FillNormal(bias.Row(0));
        UnitRows.Normalise(bias);
        Elementwise.Scale(bias.Row(0), (float)options.Dictionary.BiasNorm);
        return (dictionary, bias.Row(0).ToArray());
    }
}
