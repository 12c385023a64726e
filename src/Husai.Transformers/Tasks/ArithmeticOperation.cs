namespace Husai.Transformers.Tasks;

/// <summary>The operation of a task, modulo p.</summary>
internal enum ArithmeticOperation
{
    /// <summary>a + b.</summary>
    Addition,

    /// <summary>a - b.</summary>
    Subtraction,

    /// <summary>a b.</summary>
    Multiplication,

    /// <summary>a² + ab + b² (Power et al. 2022, appendix A.1.1).</summary>
    QuadraticForm,
}

internal static class ArithmeticOperations
{
    public static int Apply(this ArithmeticOperation operation, int a, int b, int modulus) => operation switch
    {
        ArithmeticOperation.Addition => (a + b) % modulus,
        ArithmeticOperation.Subtraction => (a - b + modulus) % modulus,
        ArithmeticOperation.Multiplication => a * b % modulus,
        ArithmeticOperation.QuadraticForm => (a * a + a * b + b * b) % modulus,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not an operation"),
    };

    public static string Sign(this ArithmeticOperation operation) => operation switch
    {
        ArithmeticOperation.Addition => "+",
        ArithmeticOperation.Subtraction => "-",
        ArithmeticOperation.Multiplication => "*",
        _ => "∘",
    };
}
