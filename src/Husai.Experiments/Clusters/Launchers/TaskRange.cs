namespace Husai.Experiments.Clusters.Launchers;

/// <summary>Tasks of one stage that are launched together.</summary>
/// <param name="Stage">Number of the stage, from 1 on.</param>
/// <param name="Stages">Number of stages.</param>
/// <param name="Part">Number of the part of the stage, from 1 on.</param>
/// <param name="FirstTask">Number of the first task.</param>
/// <param name="Tasks">How many there are.</param>
internal sealed record TaskRange(int Stage, int Stages, int Part, int FirstTask, int Tasks)
{
    /// <summary>Name of the script's file, without an ending.</summary>
    public string ScriptName => Part == 1 ? $"stage-{Stage}" : $"stage-{Stage}-part-{Part}";
}
