using Husai.Experiments.Jobs;

namespace Husai.Experiments.Tests.Clusters;

/// <summary>Hears nothing.</summary>
internal sealed class SilentObserver : IJobObserver
{
    public void Progress(RunProgress progress)
    {
    }

    public void Failed(string job, string reason)
    {
    }

    public void Damaged(string job, string damage)
    {
    }
}
