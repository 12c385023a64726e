using Husai.Experiments.Studies.Results;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Whether a network repeats its training pairs and no more, so that it can serve as a control.</summary>
internal static class Memorisation
{
    // A pair (b, a) that is held out is often answered like (a, b), so a little more than by guessing is right without a circuit.
    private const double MostTimesGuessing = 5;

    /// <summary>Refuses a network that is no such control.</summary>
    /// <param name="result">The network's accuracies.</param>
    /// <param name="modulus">The number of answers.</param>
    /// <exception cref="InvalidOperationException">It does not know its training pairs, or more than these.</exception>
    public static void Require(TransformerResult result, int modulus)
    {
        var limit = MostTimesGuessing / modulus;
        if (result.TrainAccuracy < 1 || result.TestAccuracy > limit)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"the network is no control that has memorised: its accuracy is {result.TrainAccuracy:g4} on training pairs, needed 1, ")
                + FormattableString.Invariant($"and {result.TestAccuracy:g4} on held-out pairs, needed <= {limit:g3}"));
        }
    }
}
