using Husai.Transformers.Activations;

namespace Husai.Transformers.Tasks;

/// <summary>
/// A binary operation modulo p as a sequence task: its tokens, the position at which the model is read, and the target there.
/// Its inputs are all p² pairs; input <c>a * p + b</c> is the pair (a, b), and everything that has a row for each input is in this order.
/// </summary>
internal sealed class ArithmeticTask
{
    private readonly SequenceSymbol[] _symbols;

    /// <summary>Declares a task.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="modulus">The modulus p, from 3 to 509.</param>
    /// <param name="symbols">What stands at each position.</param>
    /// <param name="readPosition">The position whose output is the prediction.</param>
    /// <exception cref="ArgumentException">
    /// The target can be seen at or before the read position, or an operand cannot; the message names the token and the position.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The modulus or the read position is out of range.</exception>
    public ArithmeticTask(ArithmeticOperation operation, int modulus, IReadOnlyList<SequenceSymbol> symbols, int readPosition)
        : this(operation, modulus, symbols, readPosition, isLeaky: false)
    {
        LeakCheck.Require(this, nameof(symbols));
    }

    private ArithmeticTask(
        ArithmeticOperation operation, int modulus, IReadOnlyList<SequenceSymbol> symbols, int readPosition, bool isLeaky)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modulus, TaskOptions.SmallestModulus);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(modulus, TaskOptions.LargestModulus);
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentOutOfRangeException.ThrowIfNegative(readPosition);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(readPosition, symbols.Count);
        _symbols = [.. symbols];
        Operation = operation;
        Modulus = modulus;
        ReadPosition = readPosition;
        IsLeaky = isLeaky;
        Vocabulary = new TaskVocabulary(modulus, symbols, operation);
        Positions = [.. _symbols.Select(Vocabulary.NameOf)];
        Targets = new int[modulus * modulus];
        for (var input = 0; input < Targets.Length; input++)
        {
            Targets[input] = operation.Apply(input / modulus, input % modulus, modulus);
        }
    }

    /// <summary>The operation.</summary>
    public ArithmeticOperation Operation { get; }

    /// <summary>The modulus p.</summary>
    public int Modulus { get; }

    /// <summary>The tokens that exist.</summary>
    public TaskVocabulary Vocabulary { get; }

    /// <summary>Name of each position, such as <c>a</c>, <c>b</c>, <c>=</c>.</summary>
    public IReadOnlyList<string> Positions { get; }

    /// <summary>The token of each constant symbol in the sequence, by its name (<c>=</c>, <c>BOS</c>, <c>+</c>, ...).</summary>
    public IReadOnlyDictionary<string, int> SpecialTokens => Enumerable.Range(0, _symbols.Length).Where(HasConstantToken)
        .ToDictionary(position => Positions[position], position => Vocabulary.TokenOf(_symbols[position]), StringComparer.Ordinal);

    /// <summary>What stands at each position.</summary>
    public IReadOnlyList<SequenceSymbol> Symbols => _symbols;

    /// <summary>The position whose output is the prediction.</summary>
    public int ReadPosition { get; }

    /// <summary>Whether the label stands in the input. Only the re-creation of the original's task is.</summary>
    public bool IsLeaky { get; }

    /// <summary>Number of inputs, p².</summary>
    public int Inputs => Modulus * Modulus;

    /// <summary>Number of classes, p.</summary>
    public int Classes => Modulus;

    /// <summary>The target of each input.</summary>
    public int[] Targets { get; }

    /// <summary>The name under which the task is printed and configured.</summary>
    public string Name => IsLeaky ? TaskOptions.LeakedLabel : Operation switch
    {
        ArithmeticOperation.Addition => "addition",
        ArithmeticOperation.Subtraction => "subtraction",
        ArithmeticOperation.Multiplication => "multiplication",
        _ => "quadratic_form",
    };

    /// <summary>Builds the task that <paramref name="options"/> describe.</summary>
    /// <exception cref="ArgumentException">A name is not known, or the modulus is out of range.</exception>
    public static ArithmeticTask From(TaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Name == TaskOptions.LeakedLabel)
        {
            return LeakedLabel(options.Modulus);
        }

        var operation = options.Name switch
        {
            "addition" => ArithmeticOperation.Addition,
            "subtraction" => ArithmeticOperation.Subtraction,
            "multiplication" => ArithmeticOperation.Multiplication,
            "quadratic_form" => ArithmeticOperation.QuadraticForm,
            _ => throw new ArgumentException($"'{options.Name}' is not a task", nameof(options)),
        };
        SequenceSymbol[] symbols = options.Format switch
        {
            "a_b_equals" => [SequenceSymbol.FirstOperand, SequenceSymbol.SecondOperand, SequenceSymbol.EqualsSign],
            "bos_a_op_b_equals" =>
            [
                SequenceSymbol.Begin, SequenceSymbol.FirstOperand, SequenceSymbol.Operator, SequenceSymbol.SecondOperand,
                SequenceSymbol.EqualsSign,
            ],
            _ => throw new ArgumentException($"'{options.Format}' is not a sequence format", nameof(options)),
        };
        return new ArithmeticTask(operation, options.Modulus, symbols, symbols.Length - 1);
    }

    /// <summary>
    /// The original project's task: [BOS, a, +, b, =, c, EOS] read on the token c itself, whose target is c. It is copying, not
    /// addition; it exists to re-create published numbers, and is marked in every output.
    /// </summary>
    public static ArithmeticTask LeakedLabel(int modulus) => new(
        ArithmeticOperation.Addition,
        modulus,
        [
            SequenceSymbol.Begin, SequenceSymbol.FirstOperand, SequenceSymbol.Operator, SequenceSymbol.SecondOperand,
            SequenceSymbol.EqualsSign, SequenceSymbol.Answer, SequenceSymbol.End,
        ],
        readPosition: 5,
        isLeaky: true);

    /// <summary>The options from which <see cref="From"/> builds this task again.</summary>
    public TaskOptions ToOptions() => new()
    {
        Name = Name,
        Modulus = Modulus,
        Format = _symbols[0] == SequenceSymbol.Begin ? "bos_a_op_b_equals" : "a_b_equals",
    };

    /// <summary>The token at one position of one input.</summary>
    /// <param name="input">The input, <c>a * p + b</c>.</param>
    /// <param name="position">The position in the sequence.</param>
    public int Token(int input, int position) => _symbols[position] switch
    {
        SequenceSymbol.FirstOperand => input / Modulus,
        SequenceSymbol.SecondOperand => input % Modulus,
        SequenceSymbol.Answer => Targets[input],
        var constant => Vocabulary.TokenOf(constant),
    };

    /// <summary>Whether every input has the same token at a position.</summary>
    internal bool HasConstantToken(int position) =>
        _symbols[position] is not (SequenceSymbol.FirstOperand or SequenceSymbol.SecondOperand or SequenceSymbol.Answer);

    /// <summary>
    /// The number of the position called <paramref name="name"/>: a name of <see cref="Positions"/>, a number, <c>read</c> or
    /// <c>answer</c> (where the answer is read), <c>bos</c>, <c>first_operand</c> or <c>second_operand</c>.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such position.</exception>
    public int PositionOf(string name)
    {
        if (name is "read" or "answer")
        {
            return ReadPosition;
        }

        if (SymbolOf(name) is { } symbol && _symbols.IndexOf(symbol) is >= 0 and var found)
        {
            return found;
        }

        for (var position = 0; position < Positions.Count; position++)
        {
            if (Positions[position] == name || position.ToString(System.Globalization.CultureInfo.InvariantCulture) == name)
            {
                return position;
            }
        }

        throw new ArgumentException(
            $"'{name}' is not a position; use read, 0 to {Positions.Count - 1}, or one of {string.Join(" ", Positions)}", nameof(name));
    }

    private static SequenceSymbol? SymbolOf(string name) => name switch
    {
        "bos" => SequenceSymbol.Begin,
        "first_operand" => SequenceSymbol.FirstOperand,
        "second_operand" => SequenceSymbol.SecondOperand,
        _ => null,
    };
}
