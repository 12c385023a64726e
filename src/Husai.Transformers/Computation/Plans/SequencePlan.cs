using Husai.Transformers.Tasks;

namespace Husai.Transformers.Computation.Plans;

/// <summary>What a pass over a batch of sequences computes: which rows in which layer, and where each reads.</summary>
internal sealed class SequencePlan
{
    private SequencePlan(int[][] tokens, int layers, TokenRows embedding, TokenRows? later, bool everyPosition)
    {
        Sequences = tokens[0].Length;
        Embedding = embedding;
        EmbeddingTokens = new int[embedding.Rows];
        EmbeddingPositions = new int[embedding.Rows];
        foreach (var group in embedding.Groups)
        {
            for (var row = group.Start; row < group.Start + group.Count; row++)
            {
                EmbeddingTokens[row] = tokens[group.Position][embedding.Representatives[row]];
                EmbeddingPositions[row] = group.Position;
            }
        }

        Layers = new LayerPlan[layers];
        for (var layer = 0; layer < layers; layer++)
        {
            var input = layer == 0 ? embedding : later!;
            Layers[layer] = layer < layers - 1 || everyPosition
                ? layer > 1 ? Layers[1] : LayerPlan.Everywhere(input, later!)
                : LayerPlan.AtLastPosition(input);
        }

        Output = everyPosition ? later : null;
    }

    /// <summary>Number of sequences.</summary>
    public int Sequences { get; }

    /// <summary>The table of embeddings.</summary>
    public TokenRows Embedding { get; }

    /// <summary>The last layer's rows if it computes every position; otherwise null, and it has one row for each sequence.</summary>
    public TokenRows? Output { get; }

    public int[] EmbeddingTokens { get; }

    public int[] EmbeddingPositions { get; }

    public LayerPlan[] Layers { get; }

    /// <summary>Computes only what the prediction needs, each thing once.</summary>
    public static SequencePlan ForPrediction(ArithmeticTask task, ReadOnlySpan<int> inputs, int layers)
    {
        var tokens = Tokens(task, inputs, task.ReadPosition + 1);
        return new SequencePlan(
            tokens, layers, TokenRows.OfTokens(tokens), layers > 1 ? TokenRows.OfPrefixes(tokens) : null, everyPosition: false);
    }

    /// <summary>Computes every position of every layer, each distinct prefix once.</summary>
    public static SequencePlan ForEveryPosition(ArithmeticTask task, ReadOnlySpan<int> inputs, int layers)
    {
        var tokens = Tokens(task, inputs, task.Positions.Count);
        return new SequencePlan(tokens, layers, TokenRows.OfTokens(tokens), TokenRows.OfPrefixes(tokens), everyPosition: true);
    }

    /// <summary>Computes what the prediction needs with rows of its own for each sequence, so that each can be replaced.</summary>
    public static SequencePlan WithoutSharing(ArithmeticTask task, ReadOnlySpan<int> inputs, int layers)
    {
        var tokens = Tokens(task, inputs, task.ReadPosition + 1);
        var rows = TokenRows.OfSequences(inputs.Length, tokens.Length);
        return new SequencePlan(tokens, layers, rows, rows, everyPosition: false);
    }

    private static int[][] Tokens(ArithmeticTask task, ReadOnlySpan<int> inputs, int positions)
    {
        var tokens = new int[positions][];
        for (var position = 0; position < positions; position++)
        {
            tokens[position] = new int[inputs.Length];
            for (var sequence = 0; sequence < inputs.Length; sequence++)
            {
                tokens[position][sequence] = task.Token(inputs[sequence], position);
            }
        }

        return tokens;
    }
}
