namespace Husai.Analysis.Options;

/// <summary>
/// The name that an option, or one value of it, has in configurations and on the command line, and the name that it had earlier. The
/// earlier one is still read, and keys of jobs are made with it, so that no finished study is computed again.
/// </summary>
/// <param name="name">The name that is written.</param>
/// <param name="earlier">The earlier name, which is read too.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class OptionNameAttribute(string name, string earlier) : Attribute
{
    /// <summary>The name that is written.</summary>
    public string Name { get; } = name;

    /// <summary>The earlier name, which is read too.</summary>
    public string Earlier { get; } = earlier;
}
