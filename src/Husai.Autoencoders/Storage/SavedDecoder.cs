using System.Text.Json.Nodes;
using Husai.Numerics;

namespace Husai.Autoencoders;

/// <summary>What a SAELens folder holds, but for the encoder (<see cref="SavedAutoencoder"/>).</summary>
/// <param name="Decoder">The decoder as <see cref="SaeFolder.Load"/> gives it, <c>[latents, width]</c>.</param>
/// <param name="FiringFrequencies">Share of rows on which each latent fired, or null if the folder does not say.</param>
/// <param name="Metadata">What else the folder's writer noted.</param>
public sealed record SavedDecoder(Matrix Decoder, double[]? FiringFrequencies, JsonObject Metadata);
