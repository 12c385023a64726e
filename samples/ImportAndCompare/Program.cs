// Reads SAEs of any library that Husai knows, and compares what their latents write and what they do.
// dotnet run -c Release --project samples/ImportAndCompare -- activations.npy SAE SAE...
using Husai.Analysis.Similarity;

using var activations = new StoredActivations(args[0]);
var saes = args[1..].Select(Sae.Load).ToList();
foreach (var (path, saved) in args[1..].Zip(saes))
{
    Console.WriteLine($"{path}: {saved.Sae.Latents} latents of width {saved.Sae.Width}, {saved.Sae.Architecture}");
}

var stability = SeedStability.Measure(saes, activations, new StabilityOptions { Similarity = new() { Matcher = Matcher.Hungarian } });
Console.WriteLine($"decoder cosine, one to one: {stability.Mean:F3}, by chance {stability.Levels.SameShape.Value:F3}");
foreach (var matcher in FunctionalAgreement.Measure(saes, activations).Matchers)
{
    Console.WriteLine($"{matcher.Matcher}: a partner writes {matcher.Substitution?.Mean:F3} of what a latent writes, a look-alike "
        + $"{matcher.Negative?.Mean:F3}");
}
