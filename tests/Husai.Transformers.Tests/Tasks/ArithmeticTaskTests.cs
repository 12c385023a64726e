using Husai.Transformers.Tasks;

namespace Husai.Transformers.Tests.Tasks;

public sealed class ArithmeticTaskTests
{
    [Fact]
    public void Tokens_of_the_short_format_are_the_operands_and_the_equals_sign()
    {
        var task = ArithmeticTask.From(new TaskOptions { Modulus = 7 });
        var input = 3 * 7 + 5;

        Assert.Equal(["a", "b", "="], task.Positions);
        Assert.Equal([3, 5, 7], Enumerable.Range(0, 3).Select(position => task.Token(input, position)));
        Assert.Equal(8, task.Vocabulary.Size);
        Assert.Equal(2, task.ReadPosition);
        Assert.Equal(1, task.Targets[input]);
    }

    [Fact]
    public void Tokens_of_the_seeds_format_are_numbered_as_the_original_did()
    {
        var task = ArithmeticTask.From(new TaskOptions { Modulus = 113, Format = "bos_a_op_b_equals" });

        Assert.Equal(["BOS", "a", "+", "b", "="], task.Positions);
        Assert.Equal([113, 3, 116, 5, 115], Enumerable.Range(0, 5).Select(position => task.Token(3 * 113 + 5, position)));
        Assert.Equal(117, task.Vocabulary.Size);
        Assert.Equal(4, task.ReadPosition);
    }

    [Theory]
    [InlineData("addition", 1)]
    [InlineData("subtraction", 5)]
    [InlineData("multiplication", 1)]
    [InlineData("quadratic_form", 0)]
    public void Targets_are_the_operation_modulo_p(string name, int expected)
    {
        var task = ArithmeticTask.From(new TaskOptions { Name = name, Modulus = 7 });

        Assert.Equal(expected, task.Targets[3 * 7 + 5]);
        Assert.Equal(name, task.Name);
    }

    [Fact]
    public void A_task_that_shows_its_answer_is_refused_with_the_token_and_its_position()
    {
        SequenceSymbol[] symbols =
        [
            SequenceSymbol.Begin, SequenceSymbol.FirstOperand, SequenceSymbol.Operator, SequenceSymbol.SecondOperand,
            SequenceSymbol.EqualsSign, SequenceSymbol.Answer, SequenceSymbol.End,
        ];

        var error = Assert.Throws<ArgumentException>(() => new ArithmeticTask(ArithmeticOperation.Addition, 113, symbols, 5));
        Assert.Contains("token 'c' at position 5", error.Message, StringComparison.Ordinal);
        Assert.Contains("read position 5", error.Message, StringComparison.Ordinal);

        // Read at '=', the same sequence hides it.
        Assert.False(new ArithmeticTask(ArithmeticOperation.Addition, 113, symbols, 4).IsLeaky);
    }

    [Fact]
    public void A_task_that_hides_an_operand_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ArithmeticTask(
            ArithmeticOperation.Addition, 5, [SequenceSymbol.FirstOperand, SequenceSymbol.EqualsSign], 1));

    [Theory]
    [InlineData(2)]
    [InlineData(510)]
    public void A_modulus_out_of_range_is_refused(int modulus) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ArithmeticTask.From(new TaskOptions { Modulus = modulus }));

    [Fact]
    public void No_operation_leaks_at_any_small_modulus()
    {
        foreach (var name in (string[])["addition", "subtraction", "multiplication", "quadratic_form"])
        {
            for (var modulus = 3; modulus <= 23; modulus++)
            {
                Assert.Equal(modulus, ArithmeticTask.From(new TaskOptions { Name = name, Modulus = modulus }).Classes);
            }
        }
    }

    [Fact]
    public void The_leaked_label_is_marked_and_survives_its_options()
    {
        var task = ArithmeticTask.From(ArithmeticTask.LeakedLabel(11).ToOptions());

        Assert.True(task.IsLeaky);
        Assert.Equal("leaked-label", task.Name);
        Assert.Equal(task.Targets[27], task.Token(27, task.ReadPosition));
    }

    [Theory]
    [InlineData("read", 2)]
    [InlineData("=", 2)]
    [InlineData("b", 1)]
    [InlineData("0", 0)]
    [InlineData("answer", 2)]
    [InlineData("first_operand", 0)]
    [InlineData("second_operand", 1)]
    public void Positions_are_found_by_name_or_number(string name, int expected) =>
        Assert.Equal(expected, ArithmeticTask.From(new TaskOptions()).PositionOf(name));

    [Fact]
    public void A_position_is_known_by_its_name_only_where_the_task_has_it()
    {
        Assert.Equal(0, ArithmeticTask.LeakedLabel(11).PositionOf("bos"));
        Assert.Equal(1, ArithmeticTask.LeakedLabel(11).PositionOf("first_operand"));
        Assert.Equal(5, ArithmeticTask.LeakedLabel(11).PositionOf("answer"));
        Assert.Throws<ArgumentException>(() => ArithmeticTask.From(new TaskOptions()).PositionOf("bos"));
    }

    [Fact]
    public void An_unknown_position_is_refused() =>
        Assert.Throws<ArgumentException>(() => ArithmeticTask.From(new TaskOptions()).PositionOf("+"));
}
