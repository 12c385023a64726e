using Husai.Formats.Files;
using Husai.Formats.Tensors;
using Husai.Transformers.Models;

namespace Husai.Transformers.Checkpoints;

/// <summary>
/// The tensors that a HookedTransformer of TransformerLens has and the model has not, because its options leave them out: biases, which
/// are zeros there, and the unembedding of a tied one, which is the transposed embedding. Written too, they let the file load into a
/// HookedTransformer as it is; TransformerLens would fill what is missing with zeros, an unembedding too.
/// </summary>
internal static class LensTensors
{
    private const string Unembedding = "unembed.W_U";

    /// <summary>Those tensors.</summary>
    public static IEnumerable<NamedTensor> Of(Transformer model)
    {
        var known = model.Parameters.Tensors.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var all = new TransformerParameters(
            model.Options with { Biases = "all", TiedUnembedding = false }, TransformerShape.Of(model.Task));
        return all.NamedTensors().Where(tensor => !known.Contains(tensor.Name)).Select(tensor =>
            tensor.Name == Unembedding ? NamedTensor.FromMatrix(Unembedding, model.Parameters.TiedUnembedding.Transpose()) : tensor);
    }

    /// <summary>Takes such tensors out of what is left of a file, and makes sure that they say what the options do.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="file">Its tensors.</param>
    /// <param name="model">The model as it was read.</param>
    /// <returns>Names of those that the file holds; older files hold none.</returns>
    /// <exception cref="InvalidFileException">A bias that the options leave out is not zero, or the unembedding is not the
    /// embedding.</exception>
    public static IReadOnlySet<string> Check(string path, TensorFile file, Transformer model)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var expected in Of(model).Where(tensor => file.Tensors.ContainsKey(tensor.Name)))
        {
            found.Add(expected.Name);
            if (!file.Require(expected.Name, [.. expected.Shape]).ToSingles().AsSpan().SequenceEqual(expected.ToSingles()))
            {
                throw new InvalidFileException(path, expected.Name == Unembedding
                    ? $"has a tensor '{Unembedding}' that is not the transposed embedding, and config.json says that they are one"
                    : $"has a tensor '{expected.Name}' other than zeros, and config.json says that there is no such bias");
            }
        }

        return found;
    }
}
