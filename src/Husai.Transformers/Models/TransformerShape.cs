using Husai.Transformers.Tasks;

namespace Husai.Transformers.Models;

/// <summary>What a task fixes of a model's sizes.</summary>
/// <param name="Vocabulary">Number of tokens (d_vocab).</param>
/// <param name="Context">Length of a sequence (n_ctx).</param>
/// <param name="Classes">Number of outputs (d_vocab_out).</param>
internal readonly record struct TransformerShape(int Vocabulary, int Context, int Classes)
{
    public static TransformerShape Of(ArithmeticTask task) => new(task.Vocabulary.Size, task.Positions.Count, task.Classes);
}
