using System.Globalization;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Jobs;

/// <summary>
/// One piece of work with a folder of its own. Its result depends on its inputs and on the jobs before it, and on nothing else.
/// </summary>
internal abstract class Job
{
    protected Job(string name, params IEnumerable<Job> dependencies)
    {
        Name = name;
        Dependencies = [.. dependencies];
    }

    /// <summary>Unique in its graph; also the folder below the root, with '/' between levels.</summary>
    public string Name { get; }

    /// <summary>What is done, in a word, such as "transformer".</summary>
    public abstract string Kind { get; }

    /// <summary>Jobs whose results this one reads.</summary>
    public IReadOnlyList<Job> Dependencies { get; }

    /// <summary>Raised whenever the same inputs would give another result or other files.</summary>
    public virtual int Version => 1;

    /// <summary>Everything that decides the result besides the dependencies, as text.</summary>
    public abstract string Inputs { get; }

    /// <summary>Hash of the inputs and of what the results that the job reads were computed from.</summary>
    /// <param name="dependencies">Keys of these results, in the order of <see cref="Dependencies"/>.</param>
    public string KeyWith(IEnumerable<string> dependencies) =>
        ContentKey.Of([Kind, Version.ToString(CultureInfo.InvariantCulture), Inputs, .. dependencies]);

    /// <summary>Rough cost in seconds on one core, to estimate the time that is left.</summary>
    public virtual double Cost => 0.1;

    /// <summary>
    /// Whether a job that is told to stop saves what it has: it looks at the token itself. Of others the workers begin nothing more.
    /// </summary>
    public virtual bool SavesWhenInterrupted => false;

    /// <summary>Whether the job has something to do without the result of a dependency, if it has that of another one like it.</summary>
    public virtual bool CanDoWithout(Job dependency) => false;

    /// <summary>
    /// Patterns of all files that the job writes into its folder, as paths with '/' in which '*' stands for anything; those that trackers
    /// write come on top.
    /// </summary>
    public abstract IReadOnlyList<string> Outputs { get; }

    /// <summary>Does the work. What an earlier, interrupted attempt with the same key left in the folder is still there.</summary>
    public abstract void Run(JobContext context, Workers workers);

    public override string ToString() => Name;
}
