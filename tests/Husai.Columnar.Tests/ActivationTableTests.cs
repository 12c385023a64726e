using Husai.Formats.Files;

namespace Husai.Columnar.Tests;

public sealed class ActivationTableTests : IDisposable
{
    private const int Width = 5;
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-tables").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Lists_of_a_parquet_file_are_rows()
    {
        await TableFiles.WriteLists(At("rows.parquet"), [3, 4], Width);
        AssertRows(Read("rows.parquet"), 7, rowsPerContext: 1, hasTokens: false);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lists_of_lists_of_an_Arrow_file_are_contexts_with_their_tokens(bool isFile)
    {
        TableFiles.WriteContexts(At("rows.arrow"), 0, [2, 3], 4, Width, isFile);
        AssertRows(Read("rows.arrow"), 20, rowsPerContext: 4, hasTokens: true);
    }

    [Fact]
    public void A_folder_lists_its_files_itself_or_they_follow_in_the_order_of_their_names()
    {
        TableFiles.WriteContexts(At("z.arrow"), 0, [2], 4, Width);
        TableFiles.WriteContexts(At("a.arrow"), 2, [1, 1], 4, Width);
        Assert.Equal(["a.arrow", "z.arrow"], ActivationTable.Open(_folder).Files.Select(Path.GetFileName));
        File.WriteAllText(At("state.json"), """{"_data_files": [{"filename": "z.arrow"}, {"filename": "a.arrow"}], "_split": null}""");
        Assert.True(ActivationTable.IsOne(_folder));
        AssertRows([.. ActivationTable.Open(_folder).Read()], 16, rowsPerContext: 4, hasTokens: true);
    }

    [Fact]
    public async Task Texts_come_back_from_all_row_groups()
    {
        await TableFiles.WriteTexts(At("text.parquet"), "text", ["a b", ""], ["ü"], [null]);
        Assert.Equal(["a b", "", "ü"], ParquetTable.ReadTexts(At("text.parquet"), "text").Take(3));
        AssertProblem("row 3 has no text in the column 'text'", () => Texts("text"));
        AssertProblem("has no column of texts 'story'; it has number, text", () => Texts("story"));
        AssertProblem("has no column of texts 'number'", () => Texts("number"));
        AssertProblem("has 0 columns of lists of floats", () => Read("text.parquet"));
    }

    [Fact]
    public async Task Lists_that_are_no_rows_are_refused()
    {
        await TableFiles.WriteLists(At("uneven.parquet"), [3], Width, isUneven: true);
        AssertProblem("lists of different lengths", () => Read("uneven.parquet"));
        TableFiles.WriteContexts(At("a.arrow"), 0, [2], 4, Width);
        TableFiles.WriteContexts(At("b.arrow"), 0, [2], 4, Width + 1);
        AssertProblem("b.arrow: has rows of width 6 after rows of width 5", () => ReadAll(_folder));
        AssertProblem("no such file", () => Read("missing.parquet"));
        File.WriteAllText(At("state.json"), """{"_data_files": [{"filename": "../a.arrow"}]}""");
        AssertProblem("names a file outside the folder", () => ActivationTable.Open(_folder));
        File.WriteAllText(At("state.json"), """{"files": []}""");
        AssertProblem("does not list the files of a data set", () => ActivationTable.Open(_folder));
        File.WriteAllText(At("dataset_dict.json"), "{}");
        AssertProblem("holds the splits of a data set", () => ActivationTable.Open(_folder));
    }

    [Fact]
    public async Task A_damaged_file_is_told_of_by_its_name_and_nothing_else_is_thrown()
    {
        await TableFiles.WriteLists(At("rows.parquet"), [3, 4], Width);
        TableFiles.WriteContexts(At("rows.arrow"), 0, [2, 3], 4, Width);
        foreach (var name in (string[])["rows.parquet", "rows.arrow"])
        {
            var whole = File.ReadAllBytes(At(name));
            var refused = 0;
            for (var damage = 0; damage < 120; damage++)
            {
                var bytes = damage % 2 == 0 ? whole[..(whole.Length * damage / 120)] : (byte[])whole.Clone();
                if (damage % 2 == 1)
                {
                    // The footer of the smaller file is its second half.
                    bytes[whole.Length * damage / 240] ^= 0xFF;
                }

                File.WriteAllBytes(At(name), bytes);
                try
                {
                    Read(name);
                }
                catch (InvalidFileException error)
                {
                    Assert.Contains(name, error.Message, StringComparison.Ordinal);
                    Assert.DoesNotContain('\n', error.Message);
                    refused++;
                }
            }

            // A changed value is a value; a file that is cut is seen, but for an Arrow stream that is cut between two batches.
            Assert.InRange(refused, 50, 120);
        }
    }

    private static void AssertProblem(string text, Action read) =>
        Assert.Contains(text, Assert.Throws<InvalidFileException>(read).Message, StringComparison.Ordinal);

    private static void AssertRows(List<TableRows> pieces, int rows, int rowsPerContext, bool hasTokens)
    {
        var next = 0;
        foreach (var piece in pieces)
        {
            Assert.Equal((Width, rowsPerContext, hasTokens), (piece.Values.Columns, piece.RowsPerContext, piece.TokenIds is not null));
            for (var row = 0; row < piece.Values.Rows; row++, next++)
            {
                Assert.Equal(next, piece.TokenIds?[row] ?? next);
                Assert.Equal(
                    Enumerable.Range(next * Width, Width).Select(index => index / 4f), piece.Values.Row(row).ToArray());
            }
        }

        Assert.Equal(rows, next);
    }

    private static List<TableRows> ReadAll(string path) => [.. ActivationTable.Open(path).Read()];

    private List<TableRows> Read(string name) => ReadAll(At(name));

    private List<string> Texts(string column) => [.. ParquetTable.ReadTexts(At("text.parquet"), column)];

    private string At(string name) => Path.Combine(_folder, name);
}
