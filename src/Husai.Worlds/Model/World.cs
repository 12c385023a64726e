using Husai.Numerics.Matrices;

namespace Husai.Worlds.Model;

/// <summary>
/// A distribution of hidden vectors whose features are known: a sample is <c>a D + b</c> with sparse magnitudes a, feature directions D and
/// a bias b.
/// </summary>
/// <remarks>
/// Features fire by chance (<see cref="Probabilities"/>, <see cref="Correlation"/>) with magnitudes <c>max(0, mean + deviation z)</c>, z
/// standard normal; a magnitude of 0 counts as not firing. Then, depth by depth, of exclusive children that fired one survives, and a child
/// whose parent does not fire becomes 0; under <see cref="ScalesByParent"/> it is multiplied by its parent's value over the parent's mean
/// (arXiv 2602.14687).
/// </remarks>
internal sealed class World
{
    private readonly float[] _bias;
    private readonly float[] _probabilities;
    private readonly float[] _means;
    private readonly float[] _deviations;

    /// <summary>A world from given arrays.</summary>
    /// <param name="dictionary"><c>[features, width]</c>: a direction of unit norm for each feature; kept, not copied.</param>
    /// <param name="bias">One for each coordinate.</param>
    /// <param name="probabilities">Of each feature: that it fires, before trees.</param>
    /// <param name="means">Of each feature's magnitude before rectification; above 0 for parents whose children are scaled.</param>
    /// <param name="deviations">Of each feature's magnitude before rectification; at least 0.</param>
    /// <param name="correlation">Of what fires; null for independent features.</param>
    /// <param name="trees">Parents and children; null for none.</param>
    /// <param name="scalesByParent">Whether children are scaled by their parents.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is out of range; the message names it.</exception>
    public World(
        Matrix dictionary, ReadOnlySpan<float> bias, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> means,
        ReadOnlySpan<float> deviations, FactorCorrelation? correlation = null, FeatureTrees? trees = null, bool scalesByParent = false)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        Dictionary = dictionary;
        Correlation = correlation;
        Trees = trees ?? FeatureTrees.None(dictionary.Rows);
        ScalesByParent = scalesByParent;
        RequireLength(bias.Length, dictionary.Columns, nameof(bias));
        RequireLength(probabilities.Length, Features, nameof(probabilities));
        RequireLength(means.Length, Features, nameof(means));
        RequireLength(deviations.Length, Features, nameof(deviations));
        RequireLength(Trees.Features, Features, nameof(trees));
        RequireLength(correlation?.Loadings.Rows ?? Features, Features, nameof(correlation));
        for (var feature = 0; feature < Features; feature++)
        {
            Require(probabilities[feature] is >= 0 and <= 1, "probability", feature, probabilities[feature], nameof(probabilities));
            Require(float.IsFinite(means[feature]), "mean", feature, means[feature], nameof(means));
            Require(
                deviations[feature] is >= 0 and < float.PositiveInfinity, "deviation", feature, deviations[feature], nameof(deviations));
            Require(
                !scalesByParent || Trees.ChildrenOf(feature).IsEmpty || means[feature] > 0,
                "mean, by which its children are scaled,", feature, means[feature], nameof(means));
        }

        _bias = bias.ToArray();
        _probabilities = probabilities.ToArray();
        _means = means.ToArray();
        _deviations = deviations.ToArray();
    }

    /// <summary>Number of features, N.</summary>
    public int Features => Dictionary.Rows;

    /// <summary>Width of a hidden vector, d.</summary>
    public int Width => Dictionary.Columns;

    /// <summary><c>[features, width]</c>: the features' directions.</summary>
    public Matrix Dictionary { get; }

    /// <summary>Added to every sample.</summary>
    public ReadOnlySpan<float> Bias => _bias;

    /// <summary>Probability of each feature before trees, q.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>Mean of each feature's magnitude before rectification.</summary>
    public ReadOnlySpan<float> Means => _means;

    /// <summary>Standard deviation of each feature's magnitude before rectification.</summary>
    public ReadOnlySpan<float> Deviations => _deviations;

    /// <summary>Correlation of what fires; null for independent features.</summary>
    public FactorCorrelation? Correlation { get; }

    /// <summary>Parents and children.</summary>
    public FeatureTrees Trees { get; }

    /// <summary>Whether children are scaled by their parents.</summary>
    public bool ScalesByParent { get; }

    private static void RequireLength(int length, int needed, string name)
    {
        if (length != needed)
        {
            throw new ArgumentException($"{name} has length {length} where {needed} is needed", name);
        }
    }

    private static void Require(bool holds, string what, int feature, float value, string name)
    {
        if (!holds)
        {
            throw new ArgumentException($"the {what} of feature {feature} is {value}", name);
        }
    }
}
