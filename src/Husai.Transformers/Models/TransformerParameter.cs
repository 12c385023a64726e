using Husai.Numerics.Matrices;

namespace Husai.Transformers.Models;

/// <summary>One tensor of a transformer.</summary>
/// <param name="Name">Its name in TransformerLens, such as <c>blocks.0.attn.W_Q</c>.</param>
/// <param name="Shape">Its shape in TransformerLens, such as <c>[heads, d_model, d_head]</c>.</param>
/// <param name="Values">A view of its elements, <c>[product of the leading sizes, last size]</c>; a vector is one row.</param>
internal sealed record TransformerParameter(string Name, IReadOnlyList<int> Shape, Matrix Values);
