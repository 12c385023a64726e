using Husai.Experiments.Folders;

namespace Husai.Experiments.Tests.Folders;

public sealed class RunFoldersTests
{
    [Theory]
    [InlineData("runs/model", "model")]
    [InlineData("runs/model/", "model")]
    [InlineData("runs/transformer/mod113_quick/seed_0", "mod113_quick_seed_0")]
    [InlineData("runs/model/best", "model_best")]
    [InlineData("runs/model/checkpoints/epoch_000500", "model_checkpoints_epoch_000500")]
    [InlineData("/seed_0", "seed_0")]
    public void A_model_is_named_after_its_run(string folder, string expected) => Assert.Equal(expected, RunFolders.OfModel(folder));
}
