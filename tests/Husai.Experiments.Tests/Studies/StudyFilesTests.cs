using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;

namespace Husai.Experiments.Tests.Studies;

/// <summary>The studies that come with the program.</summary>
public sealed class StudyFilesTests
{
    [Fact]
    public void Every_study_can_be_read_and_planned()
    {
        string[] folders = [Path.Combine(Root(), "configs", "studies"), Path.Combine(Root(), "research", "PublishedTables", "configs")];
        Assert.All(folders, folder =>
        {
            var files = Directory.GetFiles(folder, "*.yaml");
            Assert.NotEmpty(files);
            Assert.All(files, file => Assert.NotEmpty(new StudyPlan(StudyReader.Read(file)).Graph.Jobs));
        });
    }

    [Fact]
    public void Goldilocks_trains_over_fifty_SAEs_on_each_of_three_transformers()
    {
        var plan = new StudyPlan(StudyReader.Read(Path.Combine(Root(), "configs", "studies", "goldilocks.yaml")));
        Assert.Equal(3, plan.Transformers.Count);
        Assert.All(plan.Sites, site => Assert.True(site.Configurations.Sum(configuration => configuration.Seeds.Count) > 50));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Husai.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not lie in the repository");
        }

        return folder.FullName;
    }
}
