using Husai.Cli.Commands;
using Husai.Cli.Hosting;
using Husai.Cli.Output;

using var interruption = Interruption.OfThisProcess();
return new CommandHost(StandardWriter.Output(), StandardWriter.Error(), interruption).Run(RootCommandFactory.Create(), args);
