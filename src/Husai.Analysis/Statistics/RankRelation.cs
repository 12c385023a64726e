namespace Husai.Analysis.Statistics;

/// <summary>What a rank correlation says.</summary>
internal enum RankRelation
{
    /// <summary>There are too few values, or one side is constant.</summary>
    CannotBeTold,

    /// <summary>Values that have nothing to do with each other correlate as much.</summary>
    Unrelated,

    /// <summary>One rises with the other.</summary>
    Rises,

    /// <summary>One falls as the other rises.</summary>
    Falls,
}
