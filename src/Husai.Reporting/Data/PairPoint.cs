namespace Husai.Reporting.Data;

/// <summary>A latent of one SAE and its best match in another.</summary>
/// <param name="Cosine">Cosine of the two.</param>
/// <param name="First">Share of the rows on which the latent fires; null where that is not known.</param>
/// <param name="Second">Share of the rows on which its match fires.</param>
/// <param name="Correlation">Correlation of their activations; null where that is not known.</param>
internal sealed record PairPoint(double Cosine, double? First, double? Second, double? Correlation = null);
