using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Formats.Files;
using Husai.Formats.Stores;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Looks at activations that were there before the study.</summary>
internal sealed class OwnActivationsJob(StudyActivations given) : StoredActivationsJob(given.Name)
{
    // What the file holds decides, not where it lies.
    public override string Inputs => ConfigurationWriter.WriteKey(given with { Path = "" });

    public override int Width => given.Found!.Width;

    public override int Rows => given.Found!.Rows;

    public override bool HasText => StoreDescription.IsStore(given.Path);

    public override string Source => given.Name;

    public override string Site => StudyActivations.Site;

    public override string PathIn(JobContext context) => given.Path;

    protected override void RequireFound(FoundActivations found)
    {
        if (found != given.Found)
        {
            throw new InvalidFileException(
                given.Path, "does not hold what the study began with: put that back, or run the study with what it holds now");
        }
    }
}
