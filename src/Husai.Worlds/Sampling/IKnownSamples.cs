using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Worlds.Model;

namespace Husai.Worlds.Sampling;

/// <summary>Hidden vectors whose features are known, in their order.</summary>
internal interface IKnownSamples
{
    /// <summary><c>[features, width]</c>: the features' directions.</summary>
    Matrix Dictionary { get; }

    /// <summary>Parents and children among the features; none where they are not known.</summary>
    FeatureTrees Trees { get; }

    /// <summary>Reads samples that follow each other.</summary>
    /// <param name="first">Index of the first, at least 0.</param>
    /// <param name="hidden"><c>[samples, width]</c>: receives one row for each.</param>
    /// <param name="workers">Threads to use.</param>
    /// <returns>Of each sample: the features that fire.</returns>
    int[][] Read(int first, Matrix hidden, Workers workers);
}
