using Husai.Cli.Commands;
using Husai.Cli.Hosting;

using var interruption = Interruption.OfThisProcess();
return new CommandHost(Console.Out, Console.Error, interruption).Run(RootCommandFactory.Create(), args);
