using Husai.Networks.Text;

namespace Husai.Networks.Running;

/// <summary>Sequences of token ids that go through a network together, padded on the right to one length.</summary>
internal sealed class TokenBatch
{
    /// <summary>Pads sequences to the length of the longest.</summary>
    /// <param name="sequences">Token ids of each sequence, at least one.</param>
    /// <param name="padding">The id that fills up shorter sequences; the mask hides it.</param>
    /// <exception cref="ArgumentException">There are no sequences, or no tokens.</exception>
    public TokenBatch(IReadOnlyList<IReadOnlyList<int>> sequences, int padding = 0)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        Sequences = sequences.Count;
        Length = sequences.Count == 0 ? 0 : sequences.Max(sequence => sequence.Count);
        if (Length == 0)
        {
            throw new ArgumentException("there are no tokens", nameof(sequences));
        }

        (Ids, Mask) = (new long[Sequences * Length], new long[Sequences * Length]);
        Ids.AsSpan().Fill(padding);
        for (var row = 0; row < Sequences; row++)
        {
            for (var position = 0; position < sequences[row].Count; position++)
            {
                Ids[row * Length + position] = sequences[row][position];
                Mask[row * Length + position] = 1;
            }
        }
    }

    /// <summary>The tokens of contexts.</summary>
    internal static TokenBatch Of(IReadOnlyList<TokenContext> contexts, int padding) =>
        new([.. contexts.Select(context => (IReadOnlyList<int>)[.. context.Tokens.Select(token => token.Id)])], padding);

    /// <summary>Number of sequences.</summary>
    public int Sequences { get; }

    /// <summary>Tokens of a sequence, padding included.</summary>
    public int Length { get; }

    /// <summary>Token ids, <c>[sequences, length]</c>.</summary>
    internal long[] Ids { get; }

    /// <summary>1 for tokens, 0 for padding, <c>[sequences, length]</c>.</summary>
    internal long[] Mask { get; }
}
