using Husai.Analysis.Stability;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Autoencoders.Training;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Stability;

public sealed class TrainedDictionaryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-dictionary").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", true)]
    [InlineData("", false)]
    [InlineData("sae_weights.safetensors", true)]
    [InlineData("sae_weights.safetensors", false)]
    public void The_start_of_a_training_is_known_by_its_folder_and_by_the_weights_in_it(string name, bool withEncoder)
    {
        var rows = new Matrix(60, 4);
        new RandomStream(1, "rows").FillNormal(rows.AsSpan());
        var options = new SaeOptions { K = 2, Latents = 8, Epochs = 1, EvaluateEvery = 0, Seed = 7, SnapshotSteps = [0] };
        new SaeTrainer(options, new MatrixActivations(rows), _folder).Train();

        var dictionary = TrainedDictionary.Load("one", Path.Combine(_folder, name), _ => withEncoder);

        Assert.Equal((7L, withEncoder), (dictionary.InitialisationSeed, dictionary.Encoder is not null));
        Assert.Equal(
            SaeFolder.Load(TrainingSnapshot.Of(_folder)[0].Folder).Sae.Decoder.AsSpan(), dictionary.Start!.Decoder.AsSpan());
    }
}
