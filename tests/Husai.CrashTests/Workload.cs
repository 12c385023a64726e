using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.CrashTests;

/// <summary>A command that goes on where it was ended, small enough to be ended hundreds of times.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="Begins">A file, or the beginning of its name, that is there once there is something to lose.</param>
/// <param name="Ends">A file of the last ones that it writes.</param>
/// <param name="Share">How often it is ended, in relation to the others.</param>
/// <param name="Arguments">Its command line; the folder it writes to comes after it.</param>
internal sealed record Workload(string Name, string Begins, string Ends, double Share, IReadOnlyList<string> Arguments)
{
    /// <summary>What the program is given to run in a folder.</summary>
    public IReadOnlyList<string> ArgumentsFor(string folder) => [.. Arguments, folder];

    /// <summary>Writes the inputs of all workloads into a folder.</summary>
    /// <returns>A training of an SAE, one of a transformer, and a study.</returns>
    public static IReadOnlyList<Workload> Prepare(string inputs)
    {
        var rows = new Matrix(400, 8);
        new RandomStream(3, "rows").FillNormal(rows.AsSpan(), 0);
        var activations = Path.Combine(inputs, "x.npy");
        NumpyFile.Write(activations, NamedTensor.FromMatrix("x", rows));
        var transformer = Path.Combine(inputs, "transformer.yaml");
        File.WriteAllText(transformer, Transformer);
        var study = Path.Combine(inputs, "study.yaml");
        File.WriteAllText(study, Study);
        return
        [
            new Workload("sae train", "resume.safetensors", "sae_weights.safetensors", 1,
            [
                "sae", "train", "--activations", activations, "--set", "latents=32", "--set", "k=3", "--set", "epochs=60", "--set",
                "batch_size=32",
                "--set", "evaluate_every=10", "--set", "checkpoint_every=20", "--set", "snapshot_steps=[0,50,300]", "--threads", "1",
                "--json", "--resume", "--output",
            ]),
            new Workload("transformer train", "resume.safetensors", "config.json", 1,
                ["transformer", "train", "--config", transformer, "--threads", "1", "--json", "--resume", "--output"]),
            new Workload("study run", "manifest.json", "report.html", 0.1, ["study", "run", study, "--threads", "2", "--json", "--output"]),
        ];
    }

    private const string Transformer =
        """
        task: {modulus: 7}
        model: {model_width: 16, heads: 2, head_width: 8, mlp_width: 24}
        training: {epochs: 150, train_fraction: 0.8, checkpoint_every: 5, evaluate_every: 1}
        """;

    private const string Study =
        """
        name: storm
        transformers:
          - name: small
            task: {modulus: 7}
            model: {model_width: 16, heads: 2, head_width: 8, mlp_width: 24}
            training: {epochs: 40, train_fraction: 0.8, checkpoint_every: 5}
        saes:
          - name: topk
            options: {latents: 16, k: 2, epochs: 20, batch_size: 16, checkpoint_every: 10}
        seeds: [1, 2]
        analyses: {circuit: false, chance_draws: 2, portraits: 0}
        """;
}
