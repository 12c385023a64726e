namespace Husai.Transformers.Tasks;

/// <summary>What stands at one position of a task's sequence.</summary>
internal enum SequenceSymbol
{
    /// <summary>The constant token that begins a sequence.</summary>
    Begin,

    /// <summary>The first operand, a number from 0 to the modulus - 1.</summary>
    FirstOperand,

    /// <summary>The constant token of the operation.</summary>
    Operator,

    /// <summary>The second operand, a number from 0 to the modulus - 1.</summary>
    SecondOperand,

    /// <summary>The constant token after which the answer is due.</summary>
    EqualsSign,

    /// <summary>The answer itself. A task that reads at or after it is refused.</summary>
    Answer,

    /// <summary>The constant token that ends a sequence.</summary>
    End,
}
