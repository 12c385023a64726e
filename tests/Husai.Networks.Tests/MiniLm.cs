namespace Husai.Networks.Tests;

/// <summary>The files of all-MiniLM-L6-v2, where <c>dotnet run --project tools/Husai.MiniLm</c> wrote them.</summary>
internal static class MiniLm
{
    private static readonly string Folder = System.IO.Path.Combine(Repository(), "models", "minilm");

    public static string Model => Required("model.onnx");

    public static string Vocabulary => Required("vocab.txt");

    private static string Required(string name)
    {
        var path = System.IO.Path.Combine(Folder, name);
        Assert.SkipUnless(File.Exists(path), $"{path} is not there; 'dotnet run -c Release --project tools/Husai.MiniLm' writes it");
        return path;
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Husai.slnx")))
        {
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not in the repository");
        }

        return folder;
    }
}
