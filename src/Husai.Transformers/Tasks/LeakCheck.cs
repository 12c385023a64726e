namespace Husai.Transformers.Tasks;

/// <summary>Refuses a task that can be solved by looking at one token.</summary>
internal static class LeakCheck
{
    /// <summary>
    /// Throws if the token at some position up to the read position determines the target by itself over all inputs, whatever the token's
    /// name: then the label, or a code of it, stands in the input. Throws too if an operand is out of sight.
    /// </summary>
    public static void Require(ArithmeticTask task, string argument)
    {
        for (var position = 0; position <= task.ReadPosition; position++)
        {
            if (Determines(task, position))
            {
                throw new ArgumentException(
                    $"the target can be read off token '{task.Positions[position]}' at position {position}, which is visible at the "
                    + $"read position {task.ReadPosition} ('{task.Positions[task.ReadPosition]}'): the label leaks into the input",
                    argument);
            }
        }

        foreach (var operand in (SequenceSymbol[])[SequenceSymbol.FirstOperand, SequenceSymbol.SecondOperand])
        {
            if (!task.Symbols.Take(task.ReadPosition + 1).Contains(operand))
            {
                throw new ArgumentException(
                    $"operand '{task.Vocabulary.NameOf(operand)}' does not stand at or before the read position {task.ReadPosition}",
                    argument);
            }
        }
    }

    private static bool Determines(ArithmeticTask task, int position)
    {
        var targetOf = new int[task.Vocabulary.Size];
        Array.Fill(targetOf, -1);
        for (var input = 0; input < task.Inputs; input++)
        {
            ref var seen = ref targetOf[task.Token(input, position)];
            if (seen >= 0 && seen != task.Targets[input])
            {
                return false;
            }

            seen = task.Targets[input];
        }

        return true;
    }
}
