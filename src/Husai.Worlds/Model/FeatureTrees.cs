namespace Husai.Worlds.Model;

/// <summary>Which features have a parent without which they do not fire, and whose children exclude each other.</summary>
internal sealed class FeatureTrees
{
    /// <summary>Parent of a feature that has none.</summary>
    public const int NoParent = -1;

    private readonly int[] _parents;
    private readonly bool[] _hasExclusiveChildren;
    private readonly int[] _depths;
    private readonly int[] _children;
    private readonly int[] _childStarts;

    /// <summary>Trees from given parents.</summary>
    /// <param name="parents">Of each feature: a feature of lower index, or <see cref="NoParent"/>.</param>
    /// <param name="hasExclusiveChildren">Of each feature: whether only one of its children fires at a time.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a parent does not come before its child.</exception>
    public FeatureTrees(ReadOnlySpan<int> parents, ReadOnlySpan<bool> hasExclusiveChildren)
    {
        if (parents.Length != hasExclusiveChildren.Length)
        {
            throw new ArgumentException($"{hasExclusiveChildren.Length} flags for {parents.Length} features", nameof(hasExclusiveChildren));
        }

        _parents = parents.ToArray();
        _hasExclusiveChildren = hasExclusiveChildren.ToArray();
        _depths = new int[parents.Length];
        _childStarts = new int[parents.Length + 1];
        for (var feature = 0; feature < parents.Length; feature++)
        {
            var parent = parents[feature];
            if (parent < NoParent || parent >= feature)
            {
                throw new ArgumentException(
                    $"feature {feature} has the parent {parent}: a parent has a lower index, or is {NoParent}", nameof(parents));
            }

            if (parent != NoParent)
            {
                _depths[feature] = _depths[parent] + 1;
                _childStarts[parent + 1]++;
            }
        }

        for (var feature = 0; feature < parents.Length; feature++)
        {
            _childStarts[feature + 1] += _childStarts[feature];
        }

        _children = new int[_childStarts[^1]];
        var next = _childStarts.AsSpan(0, parents.Length).ToArray();
        for (var feature = 0; feature < parents.Length; feature++)
        {
            if (parents[feature] != NoParent)
            {
                _children[next[parents[feature]]++] = feature;
            }
        }

        WithoutParent = [.. Enumerable.Range(0, parents.Length).Where(feature => _parents[feature] == NoParent)];
    }

    /// <summary>Number of features.</summary>
    public int Features => _parents.Length;

    /// <summary>Parent of each feature, or <see cref="NoParent"/>.</summary>
    public ReadOnlySpan<int> Parents => _parents;

    /// <summary>Depth of each feature; 0 for roots and for features outside all trees.</summary>
    public ReadOnlySpan<int> Depths => _depths;

    /// <summary>Roots, and features outside all trees, in order.</summary>
    public IReadOnlyList<int> WithoutParent { get; }

    /// <summary>Features that each fire on their own.</summary>
    /// <param name="features">How many.</param>
    public static FeatureTrees None(int features)
    {
        var parents = new int[features];
        Array.Fill(parents, NoParent);
        return new FeatureTrees(parents, new bool[features]);
    }

    /// <summary>Children of a feature, in order.</summary>
    public ReadOnlySpan<int> ChildrenOf(int feature) => _children.AsSpan(_childStarts[feature].._childStarts[feature + 1]);

    /// <summary>Whether only one of the feature's children fires at a time.</summary>
    public bool HasExclusiveChildren(int feature) => _hasExclusiveChildren[feature];
}
