namespace Husai.Explorer.Export;

/// <summary>What an export has written.</summary>
/// <param name="Pages">Number of pages.</param>
/// <param name="Bytes">Bytes of all files.</param>
/// <param name="Latents">Latents of each SAE that have a page.</param>
/// <param name="LeftOut">Pairs of SAEs that have none.</param>
internal sealed record ExportedStudy(int Pages, long Bytes, int Latents, int LeftOut);
