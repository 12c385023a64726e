namespace Husai.Explorer.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="LargestFirst">Whether a first click on the heading brings the largest to the top.</param>
public sealed record TableColumn(string Title, bool LargestFirst = false);
