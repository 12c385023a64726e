using System.Globalization;
using Husai.CrashTests;

// Ends the program in every way at random instants and compares what it leaves with an uninterrupted run:
// Husai.CrashTests [kills] [seed] [power cuts]
var kills = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500;
var seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : 1;
var powerCuts = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : kills / 10;
using var storm = new Storm(seed, Console.WriteLine);
return storm.Run(kills, powerCuts) ? 0 : 1;
