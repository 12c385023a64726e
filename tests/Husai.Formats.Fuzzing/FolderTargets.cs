using Husai.Autoencoders.Storage;
using Husai.Transformers.Checkpoints;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;
using Husai.Transformers.Training;

namespace Husai.Formats.Fuzzing;

/// <summary>The readers of folders: each damaged file, a configuration or weights, lies beside others that fit the whole one.</summary>
internal static class FolderTargets
{
    private static readonly string Oracles = Path.Combine(AppContext.BaseDirectory, "Oracles", "interop");
    private static readonly string Found = Path.Combine(AppContext.BaseDirectory, "Oracles", "found");
    private static readonly string Root = MakeRoot();

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Sae(
            "saelens-config", "cfg.json", "sae-lens-topk", "sae-lens-standard", "sae-lens-no-pre-bias", "sae-lens-bfloat16",
            "sae-lens-layer-norm"),
        Sae("saelens-old-config", "cfg.json", "sae-lens-legacy-topk", "sae-lens-transcoder"),
        Sae(
            "dictionary-config", "config.json", "dictionary-learning-batchtopk", "dictionary-learning-topk", "dictionary-learning-relu"),
        Sae("sparsify-config", "cfg.json", "sparsify-topk", "sparsify-old", "sparsify-groupmax"),
        Whole(
            "dictionary-checkpoint-config", "dictionary-learning-checkpoints", "trainer_0/config.json", "trainer_0/checkpoints/ae_100.pt"),
        Whole("gemma-scope-2-config", "gemma-scope-2", "config.json"),
        Whole("llama-scope-config", "llama-scope", "hyperparams.json"),
        Whole("language-model-saes-config", "language-model-saes", "config.json"),
        Whole("plain-state-dict-config", "hook-z", "gpt2-small_L0_cfg.json"),
        Whole("saelens-weights", "saelens-finetuned", "sae_weights.safetensors"),
        Whole("gemma-scope-weights", "../interop/gemma-scope", "params.npz"),
        Whole("gemma-scope-2-weights", "gemma-scope-2", "params.safetensors"),
        Whole("language-model-saes-weights", "language-model-saes", "sae_weights.safetensors"),
        Whole("plain-state-dict-weights", "hook-z", "gpt2-small_L0.pt"),
        Scaler(),
        Transformer(),
    ];

    // The weights are those of the first folder; the configurations of the others may fit them or not.
    private static FuzzTarget Sae(string name, string file, params string[] oracles)
    {
        var folder = Copy(name, oracles[0]);
        return Target(
            name, [.. oracles.Select(oracle => File.ReadAllBytes(Path.Combine(Oracles, oracle, file)))], Path.Combine(folder, file),
            () => SaeFolder.Load(folder));
    }

    // A file of a folder as users find it, damaged; where the folder is not what is loaded, the part of it that is.
    private static FuzzTarget Whole(string name, string found, string file, string loaded = "")
    {
        var folder = Path.Combine(Root, name);
        foreach (var source in Directory.GetFiles(Path.Combine(Found, found), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Path.Combine(Found, found), source));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(source, copy);
        }

        var damaged = Path.Combine(folder, file);
        return Target(name, [File.ReadAllBytes(damaged)], damaged, () => SaeFolder.Load(Path.Combine(folder, loaded)));
    }

    private static FuzzTarget Scaler()
    {
        const string name = "saelens-scaler";
        var folder = Copy(name, "sae-lens-jumprelu");
        var configuration = Path.Combine(folder, "cfg.json");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace(
            "\"normalize_activations\": \"none\"", "\"normalize_activations\": \"expected_average_only_in\"", StringComparison.Ordinal));
        return Target(name, ["""{"scaling_factor": 0.5}"""u8.ToArray()], Path.Combine(folder, "activation_scaler.json"), () => SaeFolder.Load(folder));
    }

    private static FuzzTarget Transformer()
    {
        const string name = "transformer-config";
        var folder = Path.Combine(Root, name);
        var task = ArithmeticTask.From(new TaskOptions { Modulus = 5 });
        var options = new TransformerOptions { ModelWidth = 8, Heads = 2, HeadWidth = 4, MlpWidth = 8 };
        TransformerCheckpoint.Save(folder, Transformers.Models.Transformer.Initialise(task, options, 1), new TransformerTrainingOptions());
        var file = Path.Combine(folder, "config.json");
        return Target(name, [File.ReadAllBytes(file)], file, () => TransformerCheckpoint.Load(folder));
    }

    private static FuzzTarget Target(string name, IReadOnlyList<byte[]> seeds, string file, Action read) => new(name, seeds, bytes =>
    {
        File.WriteAllBytes(file, bytes);
        read();
    });

    private static string Copy(string name, string oracle)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Oracles, oracle)).Where(file => Path.GetFileName(file) != "expected.json"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }

    private static string MakeRoot()
    {
        // In memory where there is such a place: on a disk each file that replaces another waits for it.
        const string memory = "/dev/shm";
        var root = Directory.Exists(memory)
            ? Directory.CreateDirectory(Path.Combine(memory, $"husai-fuzz-{Environment.ProcessId}"))
            : Directory.CreateTempSubdirectory("husai-fuzz-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => root.Delete(recursive: true);
        return root.FullName;
    }
}
