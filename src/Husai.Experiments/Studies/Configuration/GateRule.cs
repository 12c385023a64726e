using Husai.Analysis.Options;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>What happens if a transformer of a study does not pass the gate.</summary>
internal enum GateRule
{
    /// <summary>It fails, and so does everything that needs it.</summary>
    Require,

    /// <summary>The report says so, and the study continues.</summary>
    [OptionName("warn", "report")]
    Warn,
}
