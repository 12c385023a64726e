namespace Husai.Transformers.Progress;

/// <summary>One condition that a model must meet before its activations mean anything.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Value">Its value; NaN if it could not be measured.</param>
/// <param name="Relation">How it must stand to the limit: <c>&gt;=</c>, <c>&gt;</c> or <c>&lt;=</c>.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Applies">Whether the condition applies to this architecture; one that does not cannot fail.</param>
internal sealed record GateCheck(string Name, double Value, string Relation, double Limit, bool Applies = true)
{
    /// <summary>Whether the condition is met, or does not apply.</summary>
    public bool Ok => !Applies || Relation switch
    {
        ">=" => Value >= Limit,
        ">" => Value > Limit,
        "<=" => Value <= Limit,
        _ => false,
    };
}
