namespace Husai.Experiments.Configuration.Binding;

/// <summary>A value that an option may have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Earlier">Its earlier name, which is read too; the name where it has no other.</param>
/// <param name="Value">The member of the enumeration.</param>
internal sealed record OptionValue(string Name, string Earlier, object Value)
{
    public bool IsCalled(string name) => name == Name || name == Earlier;
}
