using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Worlds.Model;

/// <summary>Says which world it is: worlds of equal hashes have equal samples.</summary>
internal static class WorldHash
{
    /// <summary>SHA-256 of all that decides a world's samples, as 64 hexadecimal digits.</summary>
    /// <param name="world">The world.</param>
    public static string Of(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        var features = world.Features;
        var parents = new long[features];
        var flags = new long[features + 1];
        flags[features] = world.ScalesByParent ? 1 : 0;
        for (var feature = 0; feature < features; feature++)
        {
            parents[feature] = world.Trees.Parents[feature];
            flags[feature] = world.Trees.HasExclusiveChildren(feature) ? 1 : 0;
        }

        var small = ContentHash.Of(
        [
            NamedTensor.FromVector("bias", world.Bias), NamedTensor.FromVector("probabilities", world.Probabilities),
            NamedTensor.FromVector("means", world.Means), NamedTensor.FromVector("deviations", world.Deviations),
            NamedTensor.FromVector("own_variances", world.Correlation is { } correlation ? correlation.OwnVariances : []),
            NamedTensor.FromInt64s("parents", parents), NamedTensor.FromInt64s("flags", flags),
        ]);

        // Directions and loadings may be larger than one array of bytes.
        var large = ContentHash.OfFloats(world.Dictionary, world.Correlation?.Loadings ?? new Matrix(features, 0));
        return ContentHash.OfText($"{small} {large}");
    }
}
