namespace Husai.AcceptanceTests.Explorer;

/// <summary>The pages of the small study as files, which <c>husai serve --export</c> writes.</summary>
internal sealed class ExplorerExport : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("husai-export-");

    public ExplorerExport(ExplorerStudy study)
    {
        var result = HusaiProcess.Run("serve", study.Folder, "--export", Folder, "--latents", "2");
        Assert.True(result.ExitCode == 0, result.Error);
    }

    /// <summary>The folder with the pages.</summary>
    public string Folder => Path.Combine(_folder.FullName, "pages");

    public void Dispose() => _folder.Delete(recursive: true);
}
