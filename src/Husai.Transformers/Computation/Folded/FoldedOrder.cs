using Husai.Transformers.Tasks;

namespace Husai.Transformers.Computation.Folded;

/// <summary>
/// The order of a batch in which neighbours share operands: bands of a few first operands, and by the second operand within a band. What
/// the table of keys says of them is then in a thread's cache when it is needed again.
/// </summary>
internal static class FoldedOrder
{
    private const int FirstOperandsOfBand = 10;

    public static int[] Of(ArithmeticTask task, ReadOnlySpan<int> inputs)
    {
        var ordered = inputs.ToArray();
        var places = Array.ConvertAll(ordered, input =>
        {
            var (first, second) = (input / task.Modulus, input % task.Modulus);
            return ((long)(first / FirstOperandsOfBand) * task.Modulus + second) * task.Modulus + first;
        });
        Array.Sort(places, ordered);
        return ordered;
    }
}
