using Husai.Formats.Activations;
using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Formats.Safetensors;
using Husai.Formats.Torch;

namespace Husai.Formats.Tests.Files;

public sealed class StandInTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, Action<string>> Readers => new()
    {
        { "x.npy", path => NumpyFile.Read(path) },
        { "x.npz", path => NumpyArchive.Read(path) },
        { "x.pt", path => TorchFile.Read(path) },
        { "x.safetensors", path => SafetensorsFile.Read(path) },
        { "y.safetensors", path => ActivationFile.Open(path) },
        { "config.json", path => TextFile.Read(path, 1 << 20, "a configuration") },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Readers))]
    public void Every_reader_says_what_a_download_left_in_place_of_a_file(string name, Action<string> read)
    {
        foreach (var (content, what) in new[]
        {
            ("version https://git-lfs.github.com/spec/v1\noid sha256:4665\nsize 302065160\n", "Git LFS pointer"),
            ("\ufeff\r\n<!DOCTYPE HTML><html><body>Sign in</body></html>", "HTML page"),
            ("<html lang=en>", "HTML page"),
            ("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "XML"),
        })
        {
            File.WriteAllText(_folder.File(name), content);
            Assert.Contains(what, Assert.Throws<InvalidFileException>(() => read(_folder.File(name))).Message, StringComparison.Ordinal);
        }
    }
}
