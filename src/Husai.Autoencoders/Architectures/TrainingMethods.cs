namespace Husai.Autoencoders.Architectures;

/// <summary>All training methods: the one list of them.</summary>
internal static class TrainingMethods
{
    /// <summary>In the order in which they are documented.</summary>
    public static IReadOnlyList<TrainingMethod> All { get; } =
    [
        new ReluMethod(), new TopKMethod(), new BatchTopKMethod(), new JumpReluMethod(), new GatedMethod(), new MatryoshkaMethod(),
        new MatchingPursuitMethod(),
    ];

    /// <exception cref="ArgumentException">None has that name.</exception>
    public static TrainingMethod Find(string name) =>
        TryFind(name) ?? throw new ArgumentException($"no architecture is called '{name}'", nameof(name));

    /// <summary>The method of a name, or null.</summary>
    public static TrainingMethod? TryFind(string name) => All.FirstOrDefault(method => method.Name == name);
}
