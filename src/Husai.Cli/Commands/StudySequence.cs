using Husai.Cli.Hosting;

namespace Husai.Cli.Commands;

/// <summary>Several studies one after another: one that fails is named and does not stop the others.</summary>
internal static class StudySequence
{
    /// <summary>Does the work for each study.</summary>
    /// <param name="context">The command's.</param>
    /// <param name="studies">Names or folders.</param>
    /// <param name="work">Returns an exit code; what it throws ends a single study's command, and of several only that study.</param>
    /// <returns>The worst exit code.</returns>
    public static int Run(CommandContext context, IReadOnlyList<string> studies, Func<string, int> work)
    {
        var worst = ExitCode.Success;
        foreach (var study in studies)
        {
            try
            {
                worst = Math.Max(worst, work(study));
            }
            catch (Exception exception) when (studies.Count > 1 && exception is not OperationCanceledException)
            {
                context.Output.Note($"husai: {study}: {exception.Message}");
                worst = Math.Max(worst, ErrorReport.ExitCodeOf(exception));
            }
        }

        return worst;
    }
}
