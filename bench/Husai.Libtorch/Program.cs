using System.Globalization;
using Husai.Libtorch;

var isByRounds = args is [.., "--rounds"];
switch (isByRounds ? args[..^1] : args)
{
    case ["sae-step", var kind, .. var numbers] when kind is "topk" or "relu" && numbers.Length == 5:
        var sae = new SaeStep(kind == "topk", Number(numbers, 0), Number(numbers, 1), Number(numbers, 2), Number(numbers, 3));
        Clock.Measure(sae.Run, $"{kind} d={numbers[0]} M={numbers[1]} k={numbers[2]} B={numbers[3]}", Number(numbers, 4), isByRounds);
        return 0;
    case ["transformer-epoch", var fraction, var threads]:
        var epoch = new TransformerEpoch(double.Parse(fraction, CultureInfo.InvariantCulture));
        Clock.Measure(epoch.Run, $"epoch of {epoch.Pairs} pairs", int.Parse(threads, CultureInfo.InvariantCulture), isByRounds);
        return 0;
    default:
        Console.Error.WriteLine(
            """
            usage: Husai.Libtorch sae-step topk|relu D M K B THREADS [--rounds]    the usual training step of an SAE, on normal data
                   Husai.Libtorch transformer-epoch FRACTION THREADS [--rounds]    an epoch of the transformer, on a share of all pairs
            Prints the median. With --rounds, the seconds of each step of half a second for every line that it reads.
            """);
        return 2;
}

static int Number(string[] arguments, int index) => int.Parse(arguments[index], CultureInfo.InvariantCulture);
