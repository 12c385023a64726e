namespace Husai.Explorer.Export;

/// <summary>What an export has written.</summary>
/// <param name="Pages">Number of pages.</param>
/// <param name="Bytes">Bytes of all files.</param>
/// <param name="Latents">Latents of each SAE that have a page.</param>
/// <param name="SaesLeftOut">SAEs that have no page.</param>
/// <param name="PairsLeftOut">Pairs of the other SAEs that have none.</param>
/// <param name="Problems">Pages that say why they cannot be shown.</param>
internal sealed record ExportedStudy(int Pages, long Bytes, int Latents, int SaesLeftOut, int PairsLeftOut, int Problems);
