using System.Globalization;
using Husai.Benchmarks.OpenBlas;

switch (args)
{
    case ["--openblas", .. var rest]:
        ProductComparison.Run(
            rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount,
            rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 7);
        return 0;
    default:
        Console.Error.WriteLine("usage: Husai.Benchmarks --openblas [threads] [rounds]");
        return 2;
}
