using System.Text.Json.Nodes;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Storage;

/// <summary>The directions of a stored SAE.</summary>
/// <param name="Decoder"><c>[latents, width]</c>.</param>
/// <param name="Encoder"><c>[latents, width]</c>, or null where it was not asked for.</param>
/// <param name="FiringFrequencies">The share of rows on which each latent fired, or null if the folder does not say.</param>
/// <param name="Metadata">What else the folder's writer noted.</param>
internal sealed record SavedDirections(Matrix Decoder, Matrix? Encoder, double[]? FiringFrequencies, JsonObject Metadata);
