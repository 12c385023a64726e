namespace Husai.AcceptanceTests.Study;

/// <summary>A study of seconds, in a folder of its own.</summary>
internal sealed class TinyStudy : IDisposable
{
    private const string Text =
        """
        name: tiny
        transformers:
          - name: small
            task: {modulus: 13}
            model: {model_width: 16, heads: 2, head_width: 8, mlp_width: 32}
            training: {epochs: 200, clean_up_epochs: 20, train_fraction: 0.8, checkpoint_every: 50}
        saes:
          - name: topk
            options: {latents: [16, 24], k: 2, epochs: 40, batch_size: 32, checkpoint_every: 50}
          - name: relu
            options: {architecture: relu, latents: 16, l1_coefficient: 0.01, epochs: 40, batch_size: 32, checkpoint_every: 50}
        seeds: [1, 2, 3]
        analyses: {dynamics: true, chance_draws: 4, recovery: {null_directions: 200, null_draws: 2}}
        """;

    // A run to the end, which the tests that begin with one share.
    private static readonly Lazy<TinyStudy> _finished = new(RunToTheEnd);

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-study-").FullName;

    public TinyStudy() => File.WriteAllText(Configuration, Text);

    public string Configuration => Path.Combine(_folder, "tiny.yaml");

    public string Folder(string name) => Path.Combine(_folder, name);

    public string[] Arguments(string name, params string[] more) => ["study", "run", Configuration, "--output", Folder(name), .. more];

    public string Summary(string name) => File.ReadAllText(Path.Combine(Folder(name), "summary.json"));

    public string Manifest(string name, string job) => File.ReadAllText(Path.Combine(Folder(name), job, "manifest.json"));

    /// <summary>Puts a folder there as a run of this study leaves it. The study must be as it was made.</summary>
    public void Finish(string name)
    {
        Assert.Equal(Text, File.ReadAllText(Configuration));
        FolderCopy.Make(_finished.Value.Folder("run"), Folder(name));
    }

    public void Replace(string text, string by) =>
        File.WriteAllText(Configuration, File.ReadAllText(Configuration).Replace(text, by, StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TinyStudy RunToTheEnd()
    {
        var study = new TinyStudy();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => study.Dispose();
        var result = HusaiProcess.Run(study.Arguments("run"));
        Assert.True(result.ExitCode == 0, result.Error);
        return study;
    }
}
