using Husai.Reporting.Data;
using Husai.Reporting.Figures;

namespace Husai.Explorer.Saes;

/// <summary>What a latent's page shows.</summary>
public sealed record LatentModel
{
    /// <summary>Its number.</summary>
    public required int Latent { get; init; }

    /// <summary>The latents of its SAE.</summary>
    public required int Latents { get; init; }

    /// <summary>Name of its SAE below the given folders.</summary>
    public required string Sae { get; init; }

    /// <summary>The same as an address has it.</summary>
    public required string SaeId { get; init; }

    /// <summary>What its SAE belongs to, with the address.</summary>
    public required (string Text, string Link) Above { get; init; }

    /// <summary>Firing, decoder norm and what else is known of it.</summary>
    public required IReadOnlyList<NamedValue> Facts { get; init; }

    /// <summary>The nearest latents of the same SAE.</summary>
    public required IReadOnlyList<LatentMatch> Nearest { get; init; }

    /// <summary>The best match in each SAE beside it.</summary>
    public required IReadOnlyList<LatentMatch> Partners { get; init; }

    /// <summary>SAEs beside it that cannot be compared, with the reason.</summary>
    public required IReadOnlyList<NamedValue> Refused { get; init; }

    /// <summary>Its map over (a, b) and its spectrum, beside those of its partners; null where it is not one of arithmetic.</summary>
    public required ReportFigure? Portrait { get; init; }

    /// <summary>How strongly it fires, and what it adds to the logits, as far as they are known.</summary>
    public required IReadOnlyList<ReportFigure> Figures { get; init; }

    /// <summary>What can be had of contexts that are not there; null where they are, or cannot be computed.</summary>
    public required ContextOffer? Offer { get; init; }

    /// <summary>What it fires on, then what its partners fire on; empty where no profiles were written.</summary>
    public required IReadOnlyList<LatentContexts> Contexts { get; init; }

    /// <summary>Address of the latent before it, or null.</summary>
    public required string? Previous { get; init; }

    /// <summary>Address of the latent after it, or null.</summary>
    public required string? Next { get; init; }
}

/// <summary>A latent that lies near another.</summary>
/// <param name="Sae">What its SAE is called beside the other's.</param>
/// <param name="Latent">Its number.</param>
/// <param name="Link">Its address.</param>
/// <param name="Cosine">Signed cosine of the decoder rows.</param>
/// <param name="Chance">The level of the cosine: the expected largest of so many isotropic directions.</param>
/// <param name="Frequency">How often it fires, in words.</param>
/// <param name="PairLink">The address of the two SAEs; null within one.</param>
public sealed record LatentMatch(
    string Sae, int Latent, string Link, double Cosine, double Chance, string Frequency, string? PairLink = null);
