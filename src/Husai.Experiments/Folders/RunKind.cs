namespace Husai.Experiments.Folders;

/// <summary>What a run folder holds.</summary>
internal enum RunKind
{
    /// <summary>A study.</summary>
    Study,

    /// <summary>The training of an SAE, at work or at its end.</summary>
    SaeTraining,

    /// <summary>The training of a transformer, at work or at its end.</summary>
    TransformerTraining,

    /// <summary>An SAE without its training.</summary>
    Sae,
}
