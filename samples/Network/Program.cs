// Runs text through a network in an ONNX file, trains three SAEs on what it computes, and says whether they agree beyond chance.
// dotnet run -c Release --project samples/Network -- models/minilm/model.onnx corpora/kjv.txt.gz resid_post.3 runs/store
var request = new ExtractionRequest
{
    Model = args[0],
    Text = args[1],
    Sites = [args[2]],
    Options = new ExtractionOptions { ContextLength = 64, MostRows = 50_000 },
};
using var activations = StoredActivations.Extract(request, args[3]);
Console.WriteLine($"{activations.Rows} rows of width {activations.Width}");

var options = new SaeOptions { Architecture = "batchtopk", Latents = 4 * activations.Width, K = 16, LearningRate = 1e-3, Epochs = 2 };
var saes = Sae.TrainSeeds(options, activations, [1, 2, 3]);
var stability = SeedStability.Measure(saes, activations);
Console.WriteLine($"kappa {stability.Kappa?.Value:F3}: {stability.Sentence}");
