namespace Husai.Networks.Tests;

/// <summary>A folder that is deleted at the end of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("husai-networks-");

    public string Path => _directory.FullName;

    public string this[params string[] names] => System.IO.Path.Combine([Path, .. names]);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
