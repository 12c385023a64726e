using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Husai.Transformers.Tasks;

/// <summary>Which task a transformer learns.</summary>
internal sealed record TaskOptions
{
    /// <summary>The name of the task whose label stands in its input, as the original project trained it.</summary>
    public const string LeakedLabel = "leaked-label";

    /// <summary>Smallest modulus of a task.</summary>
    public const int SmallestModulus = 3;

    /// <summary>Largest modulus of a task.</summary>
    public const int LargestModulus = 509;

    /// <summary>The operation, or <see cref="LeakedLabel"/>.</summary>
    [Description(
        "What is learnt: addition, subtraction, multiplication, quadratic_form (a² + ab + b²), each modulo p; or leaked-label, the "
            + "original's copy task, in which the answer is part of the input")]
    [AllowedValues("addition", "subtraction", "multiplication", "quadratic_form", LeakedLabel)]
    public string Name { get; init; } = "addition";

    /// <summary>The modulus p.</summary>
    [Description("The modulus p")]
    [Range(SmallestModulus, LargestModulus)]
    public int Modulus { get; init; } = 113;

    /// <summary>
    /// The sequence: <c>a_b_equals</c> is [a, b, =], <c>bos_a_op_b_equals</c> is [BOS, a, +, b, =]; both are read at '='.
    /// </summary>
    [Description(
        "The tokens: a_b_equals is [a, b, =], bos_a_op_b_equals is [BOS, a, +, b, =]; both are read at '='. The task leaked-label has a "
            + "sequence of its own")]
    [AllowedValues("a_b_equals", "bos_a_op_b_equals")]
    public string Format { get; init; } = "a_b_equals";
}
