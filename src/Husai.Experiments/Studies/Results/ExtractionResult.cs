namespace Husai.Experiments.Studies.Results;

/// <summary>What was extracted from a network.</summary>
/// <param name="Rows">Rows of each store.</param>
/// <param name="Documents">Documents of the text that were read.</param>
/// <param name="CutDocuments">Those of which only the beginning fitted into a context.</param>
/// <param name="Contexts">Contexts that the network read.</param>
/// <param name="Tokens">Tokens of text in them.</param>
/// <param name="Stores">The stores, in the order of the sites.</param>
internal sealed record ExtractionResult(
    long Rows, long Documents, long CutDocuments, long Contexts, long Tokens, IReadOnlyList<ExtractedStore> Stores)
{
    internal const string FileName = "result.json";
}

/// <summary>The store of a site.</summary>
/// <param name="Folder">Its folder in that of the extraction.</param>
/// <param name="Tensor">Name of the tensor.</param>
/// <param name="Hash">Hash of all that it holds.</param>
internal sealed record ExtractedStore(string Folder, string Tensor, string Hash);
