using System.Text;
using System.Text.RegularExpressions;
using Husai.Autoencoders.Options;
using Husai.Experiments.Configuration;
using Husai.Experiments.Studies.Configuration;
using Husai.Reporting.Summary;
using Husai.Transformers.Training;
using Husai.Worlds.Options;

namespace Husai.AcceptanceTests.Documentation;

/// <summary>
/// docs/commands.md and docs/configuration.md match the help and the options of the program. Run the tests with HUSAI_UPDATE_DOCS=1 to
/// write them anew.
/// </summary>
public partial class ReferenceTests
{
    [Fact]
    public void The_document_of_the_commands_is_their_help()
    {
        var text = new StringBuilder("# Commands\n\nWhat `husai --help` and the help of each command print.\n");
        AddHelp(text, []);
        Check("commands.md", text.ToString());
    }

    [Fact]
    public void The_document_of_the_configuration_lists_every_key()
    {
        var text = new StringBuilder(
            """
            # Configuration files

            YAML, one mapping. An unknown key, a value of the wrong type or outside its limits is an error with file, line and column; all errors are shown at once.

            ## Transformer (`husai transformer train --config`)


            """);
        text.Append(ConfigurationReference.Markdown(new TransformerRunOptions()));
        text.Append("\n## SAE (`husai sae train --config`)\n\n");
        text.Append(ConfigurationReference.Markdown(new SaeOptions()));
        text.Append("\n## World (`husai world info`, `husai sae train --world`)\n\n");
        text.Append(ConfigurationReference.Markdown(new WorldOptions()));
        text.Append("\n## Study (`husai study run`)\n\n");
        text.Append("A transformer takes the keys `task`, `model` and `training` of the first table, an SAE those of the second under "
            + "`options`, a world those of the third under `options`. `config` names a file with these keys, relative to the study's "
            + "file; keys beside it replace the file's. A list in place of a single value sweeps over it.\n\n");
        text.Append(ConfigurationReference.Markdown(new StudyOptions { Name = "", Saes = [] }));
        text.Append("\nThese keys are read besides:\n\n| key | type | default | meaning |\n|---|---|---|---|\n"
            + "| `tracker` of a transformer's and of an SAE's file | text, or list of text | `[]` | Trackers that the training is also "
            + "written for: wandb, tensorboard; a study has its own key `tracker` |\n"
            + "| `transformers[].config` | text | none | File with the keys `task`, `model` and `training`, relative to the study's |\n"
            + "| `worlds[].config` | text | none | File with the keys of `options`, relative to the study's |\n"
            + "| `saes[].config` | text | none | File with the keys of `options`, relative to the study's |\n");
        Check("configuration.md", text.ToString());
    }

    [Fact]
    public void The_document_of_the_summary_lists_its_keys() => Check(
        "summary.md",
        "# summary.json\n\nWhat `husai study run` leaves for other programs. `format_version` changes when a key is removed or changes "
            + "its meaning.\n\nVersion 3: `configurations[].seeds[].ground_truth` became `circuit` and "
            + "`configurations[].dynamics[].to_ground_truth` became `to_circuit`; the values are the same.\n\n"
            + SummaryJson.DocumentKeys());

    // Depth first; the names of the commands below are in the help itself.
    private static void AddHelp(StringBuilder text, string[] path)
    {
        var help = HusaiProcess.Run([.. path, "--help"]).Output.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd();
        text.Append(path.Length == 0 ? "\n## husai\n" : $"\n## husai {string.Join(' ', path)}\n").Append($"\n```text\n{help}\n```\n");
        var commands = help.IndexOf("\nCommands:\n", StringComparison.Ordinal);
        if (commands < 0)
        {
            return;
        }

        foreach (var line in help[(commands + "\nCommands:\n".Length)..].Split('\n').TakeWhile(line => line.Length > 0))
        {
            if (CommandName().Match(line) is { Success: true } match)
            {
                AddHelp(text, [.. path, match.Groups[1].Value]);
            }
        }
    }

    private static void Check(string name, string expected)
    {
        var path = Path.Combine(RepositoryFolder.Path, "docs", name);
        if (Environment.GetEnvironmentVariable("HUSAI_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == expected,
            $"docs/{name} does not match the program: run the tests once with HUSAI_UPDATE_DOCS=1 and commit the file");
    }

    [GeneratedRegex(@"^  ([a-z]+)([\s,]|$)")]
    private static partial Regex CommandName();
}
