using Husai.Worlds.Model;

namespace Husai.Worlds.Sampling;

/// <summary>
/// Goes down the trees from the features that fire, depth by depth, and asks only the children of those: below a feature that does not fire
/// nothing does.
/// </summary>
/// <remarks>
/// Among exclusive children the survivor is picked of those that fired before they are multiplied by the parent. All children of a depth
/// are drawn together.
/// </remarks>
internal sealed class TreeDescent(World world)
{
    private int[] _children = new int[256];
    private float[] _magnitudes = new float[256];
    private uint[] _priorities = new uint[256];

    /// <summary>Adds what fires below the features of a sample.</summary>
    /// <param name="draws">What features draw on their own.</param>
    /// <param name="sample">Holds the features without parent that fire.</param>
    public void Descend<TDraws>(TDraws draws, SparseSample sample)
        where TDraws : IFeatureDraws
    {
        for (var first = 0; first < sample.Count;)
        {
            var end = sample.Count;
            var count = 0;
            for (var entry = first; entry < end; entry++)
            {
                var children = world.Trees.ChildrenOf(sample.Features[entry]);
                Reserve(count + children.Length);
                children.CopyTo(_children.AsSpan(count));
                count += children.Length;
            }

            if (count == 0)
            {
                return;
            }

            draws.Draw(_children.AsSpan(0, count), _magnitudes.AsSpan(0, count), _priorities.AsSpan(0, count));
            var start = 0;
            for (var entry = first; entry < end; entry++)
            {
                var parent = sample.Features[entry];
                var length = world.Trees.ChildrenOf(parent).Length;
                AddChildren(sample, parent, sample.Magnitudes[entry], start, length);
                start += length;
            }

            first = end;
        }
    }

    private void AddChildren(SparseSample sample, int parent, float parentMagnitude, int start, int length)
    {
        var magnitudes = _magnitudes.AsSpan(start, length);
        if (length > 1 && world.Trees.HasExclusiveChildren(parent))
        {
            KeepOne(magnitudes, _priorities.AsSpan(start, length));
        }

        var scale = world.ScalesByParent ? parentMagnitude / world.Means[parent] : 1f;
        for (var child = 0; child < length; child++)
        {
            // A product may round to 0, and then the feature does not fire.
            var magnitude = magnitudes[child] * scale;
            if (magnitude > 0)
            {
                sample.Add(_children[start + child], magnitude);
            }
        }
    }

    // The one of highest priority, the first of equal ones: uniform but for such ties, of which there are 6e-8 for each pair.
    private static void KeepOne(Span<float> magnitudes, ReadOnlySpan<uint> priorities)
    {
        var survivor = -1;
        for (var child = 0; child < magnitudes.Length; child++)
        {
            if (magnitudes[child] > 0 && (survivor < 0 || priorities[child] > priorities[survivor]))
            {
                survivor = child;
            }
        }

        for (var child = 0; child < magnitudes.Length; child++)
        {
            magnitudes[child] = child == survivor ? magnitudes[child] : 0;
        }
    }

    private void Reserve(int count)
    {
        if (count > _children.Length)
        {
            var length = Math.Max(count, 2 * _children.Length);
            Array.Resize(ref _children, length);
            (_magnitudes, _priorities) = (new float[length], new uint[length]);
        }
    }
}
