using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using PublishedTables;

var root = new RootCommand("Sets the tables of the paper \"SAE Features Match Random Baseline\" beside the same experiments repeated.");
GlobalOptions.AddTo(root);
root.Subcommands.Add(new PageCommand());
using var interruption = Interruption.OfThisProcess();
return new CommandHost(StandardWriter.Output(), StandardWriter.Error(), interruption).Run(root, args);
