namespace Husai.Networks.Text;

/// <summary>A document of a corpus as token ids.</summary>
/// <param name="Number">Which document, from 0 on.</param>
/// <param name="Offset">Where it begins in the corpus: a byte of a text file, an element of an array, a row of a table.</param>
/// <param name="Ids">Its token ids, without special tokens.</param>
internal sealed record TokenDocument(long Number, long Offset, IReadOnlyList<int> Ids);
