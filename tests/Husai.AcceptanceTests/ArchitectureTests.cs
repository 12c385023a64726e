using System.Reflection;
using Husai.Analysis.Stability;

namespace Husai.AcceptanceTests;

public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> _allowed = new()
    {
        ["Husai.Numerics"] = [],
        ["Husai.Formats"] = ["Husai.Numerics"],
        ["Husai.Columnar"] = ["Husai.Numerics", "Husai.Formats", "Apache.Arrow", "Parquet"],
        ["Husai.Networks"] =
            ["Husai.Numerics", "Husai.Formats", "Husai.Columnar", "Microsoft.ML.OnnxRuntime", "Microsoft.ML.Tokenizers"],
        ["Husai.Transformers"] = ["Husai.Numerics", "Husai.Formats"],
        ["Husai.Autoencoders"] = ["Husai.Numerics", "Husai.Formats"],
        ["Husai.Worlds"] = ["Husai.Numerics", "Husai.Formats", "Husai.Autoencoders"],
        ["Husai.Analysis"] =
            ["Husai.Numerics", "Husai.Formats", "Husai.Transformers", "Husai.Autoencoders", "Husai.Worlds", "MathNet.Numerics"],
        ["Husai.Library"] =
            ["Husai.Numerics", "Husai.Formats", "Husai.Transformers", "Husai.Autoencoders", "Husai.Worlds", "Husai.Analysis"],
        ["Husai.NetworkLibrary"] =
            ["Husai.Numerics", "Husai.Formats", "Husai.Autoencoders", "Husai.Columnar", "Husai.Networks", "Husai.Library"],
        ["Husai.Experiments"] =
        [
            "Husai.Numerics", "Husai.Formats", "Husai.Columnar", "Husai.Networks", "Husai.Transformers", "Husai.Autoencoders",
            "Husai.Worlds",
            "Husai.Analysis", "YamlDotNet",
        ],
        ["Husai.Reporting"] =
        [
            "Husai.Numerics", "Husai.Formats", "Husai.Networks", "Husai.Transformers", "Husai.Autoencoders", "Husai.Worlds",
            "Husai.Analysis", "Husai.Experiments", "PdfSharp",

            // The report's pages are Razor components.
            "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Web", "Microsoft.Extensions.DependencyInjection",
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
        ],
        ["Husai.Explorer"] =
        [
            "Husai.Numerics", "Husai.Formats", "Husai.Transformers", "Husai.Autoencoders", "Husai.Worlds", "Husai.Analysis",
            "Husai.Experiments", "Husai.Reporting", "Microsoft.AspNetCore", "Microsoft.Net.Http.Headers",
        ],
    };

    public static TheoryData<string> Projects => [.. _allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_knows_only_those_above_it(string project)
    {
        var known = Assembly.Load(project).GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !IsBaseClassLibrary(name));

        Assert.Empty(known.Except(_allowed[project]));
    }

    [Fact]
    public void Every_project_of_the_program_has_its_rule()
    {
        var built = Directory.EnumerateFiles(AppContext.BaseDirectory, "Husai.*.dll").Select(Path.GetFileNameWithoutExtension);

        Assert.Empty(
            built.Except(
                [
                    .. _allowed.Keys, "Husai.AcceptanceTests", "Husai.CrashTests", "Husai.Formats.Fuzzing", "Husai.Testing",
                    "Husai.Testing.TierRunner"]));
    }

    // What each of them is stands in PublicAPI.Shipped.txt of its project.
    [Fact]
    public void The_package_has_at_most_160_public_types()
    {
        string[] parts = [.. _allowed["Husai.Library"], "Husai.Library"];

        var types = parts.SelectMany(part => Assembly.Load(part).GetExportedTypes()).ToList();

        Assert.Contains(typeof(SeedStability), types);
        Assert.InRange(types.Count, 1, 160);
    }

    // ASP.NET Core comes with the SDK: its components render the report.
    private static bool IsBaseClassLibrary(string name) =>
        name is "netstandard" or "System" or "Microsoft.Win32.Primitives" || name.StartsWith("System.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);
}
