#:package Husai@0.2.0
// dotnet run samples/compare.cs activations.npy: three seeds of an SAE, and whether they agree beyond chance.
using var activations = new StoredActivations(args[0]);
var saes = Sae.TrainSeeds(new SaeOptions { Latents = 256, K = 8, Epochs = 5 }, activations, [1, 2, 3]);
var stability = SeedStability.Measure(saes, activations);
Console.WriteLine($"kappa {stability.Kappa?.Value:F3}: {stability.Sentence}");
