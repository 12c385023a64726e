using Husai.Reporting.Results.Published;
using Husai.Reporting.Results.Rows;

namespace Husai.Reporting.Results;

/// <summary>Everything that the results are written from.</summary>
/// <param name="Transformers">The transformers, a row for each site.</param>
/// <param name="Rows">The configurations of all studies.</param>
internal sealed record ResultsInput(IReadOnlyList<TransformerRow> Transformers, IReadOnlyList<ResultRow> Rows)
{
    /// <summary>The configuration of a name on the leaked transformer: the original's experiment made again.</summary>
    public ResultRow? Original(string name) => Rows.FirstOrDefault(row => row.IsLeaked && row.Name == name);

    /// <summary>The configurations of a name in the study that asks the original's questions on transformers that read at '='.</summary>
    public PooledRow? Right(string name) =>
        PooledRow.Of(Rows.Where(row => !row.IsLeaked && row.Study == PublishedNames.RightStudy && row.Name == name)) is [var first, ..] ? first : null;

    /// <summary>What the research questions are answered from: no leak, nothing pinned, at least two seeds.</summary>
    public IReadOnlyList<PooledRow> Evidence => PooledRow.Of(
        Rows.Where(row => !row.IsLeaked && row.PinnedFraction is null && row.Stability is not null));
}
