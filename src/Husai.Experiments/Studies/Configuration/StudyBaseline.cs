namespace Husai.Experiments.Studies.Configuration;

/// <summary>An SAE of which a part is not learnt, to be trained beside each configuration of a study.</summary>
internal enum StudyBaseline
{
    /// <summary>The decoder's rows stay as they were drawn.</summary>
    FrozenDecoder,

    /// <summary>The decoder's rows stay near their start.</summary>
    SoftFrozenDecoder,

    /// <summary>The encoder's rows stay as they were drawn.</summary>
    FrozenEncoder,
}
