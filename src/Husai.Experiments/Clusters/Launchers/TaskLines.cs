using System.Globalization;
using System.Text;

namespace Husai.Experiments.Clusters.Launchers;

/// <summary>Tasks as lines of a shell: line n does the n-th task, and needs no other line.</summary>
internal static class TaskLines
{
    public static string Of(TaskCommand command, IReadOnlyList<string> setup, TaskRange range)
    {
        var before = string.Concat(setup.Select(line => $"{line} && "));
        var text = new StringBuilder();
        for (var task = range.FirstTask; task < range.FirstTask + range.Tasks; task++)
        {
            text.Append(before).Append(command.Line(task.ToString(CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }
}
