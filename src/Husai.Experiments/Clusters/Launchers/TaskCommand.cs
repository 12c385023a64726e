namespace Husai.Experiments.Clusters.Launchers;

/// <summary>The command line that does a task on a node.</summary>
/// <param name="Program">How the program is started, as a line of the shell.</param>
/// <param name="Plan">The plan's file.</param>
/// <param name="Threads">Threads to compute with.</param>
internal sealed record TaskCommand(string Program, string Plan, int Threads)
{
    /// <summary>The line for a task.</summary>
    /// <param name="task">Its number, or what the shell makes the number of.</param>
    public string Line(string task) =>
        FormattableString.Invariant($"{Program} study work {ShellText.Quote(Path.GetFullPath(Plan))} --task {task} --threads {Threads}");
}
