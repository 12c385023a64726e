namespace Husai.Transformers.Tasks;

/// <summary>
/// The tokens of a task: the numbers 0 to p-1, then the constants. A sequence without BOS has '=' as token p (vocabulary p + 1); one with
/// BOS has BOS, EOS, '=' and the operation's sign as p to p + 3 (vocabulary p + 4), as the original project numbered them.
/// </summary>
internal sealed class TaskVocabulary
{
    private readonly int _modulus;
    private readonly bool _hasBegin;
    private readonly ArithmeticOperation _operation;

    internal TaskVocabulary(int modulus, IReadOnlyList<SequenceSymbol> symbols, ArithmeticOperation operation)
    {
        _modulus = modulus;
        _operation = operation;
        _hasBegin = symbols.Any(symbol => symbol is SequenceSymbol.Begin or SequenceSymbol.End or SequenceSymbol.Operator);
    }

    /// <summary>Number of tokens.</summary>
    public int Size => _modulus + (_hasBegin ? 4 : 1);

    /// <summary>The token of a constant symbol.</summary>
    /// <exception cref="ArgumentException">The symbol is an operand or the answer.</exception>
    public int TokenOf(SequenceSymbol symbol) => symbol switch
    {
        SequenceSymbol.EqualsSign => _hasBegin ? _modulus + 2 : _modulus,
        SequenceSymbol.Begin when _hasBegin => _modulus,
        SequenceSymbol.End when _hasBegin => _modulus + 1,
        SequenceSymbol.Operator when _hasBegin => _modulus + 3,
        _ => throw new ArgumentException($"{symbol} has no token of its own", nameof(symbol)),
    };

    /// <summary>The name under which a symbol's position is known.</summary>
    public string NameOf(SequenceSymbol symbol) => symbol switch
    {
        SequenceSymbol.Begin => "BOS",
        SequenceSymbol.FirstOperand => "a",
        SequenceSymbol.Operator => _operation.Sign(),
        SequenceSymbol.SecondOperand => "b",
        SequenceSymbol.EqualsSign => "=",
        SequenceSymbol.Answer => "c",
        _ => "EOS",
    };
}
