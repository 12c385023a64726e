// Trains three SAEs that differ only in their seed, and says whether they agree beyond chance.
// dotnet run -c Release --project samples/TrainAndCompare -- activations.npy
using var activations = new StoredActivations(args[0]);
var options = new SaeOptions { Architecture = "batchtopk", Latents = 256, K = 8, Epochs = 5 };

var saes = Sae.TrainSeeds(options, activations, [1, 2, 3], progress: step =>
{
    if (step.Step == step.Steps)
    {
        Console.Error.WriteLine($"SAE {step.Index}: loss {step.Batch.Loss:F3}");
    }
});
var stability = SeedStability.Measure(saes, activations);

Console.WriteLine($"similarity {stability.Mean:F3}, by chance {stability.Levels.SameShape.Value:F3}, kappa {stability.Kappa?.Value:F3}");
Console.WriteLine(stability.Sentence);
