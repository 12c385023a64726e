using Husai.Explorer.Tables;

namespace Husai.Explorer.Runs;

/// <summary>What the first page shows.</summary>
/// <param name="Folders">The folders that are shown.</param>
/// <param name="Table">The runs.</param>
public sealed record RunsModel(IReadOnlyList<string> Folders, TableModel Table);
