using Husai.Columnar;

namespace Husai.Networks.Text;

/// <summary>Text in a column of a .parquet file: a document for each row that is not blank.</summary>
internal sealed class TableCorpus(string path, TextTokenizer tokenizer, string column) : Corpus(path)
{
    public override IEnumerable<TokenDocument> ReadDocuments()
    {
        var (number, row) = (0L, 0L);
        foreach (var text in ParquetTable.ReadTexts(Path, column))
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return new TokenDocument(number++, row, tokenizer.Encode(text));
            }

            row++;
        }
    }
}
