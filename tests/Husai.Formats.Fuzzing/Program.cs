using System.Globalization;
using Husai.Formats.Fuzzing;

// Damages valid files at random and feeds them to all readers, or to those named: Husai.Formats.Fuzzing [inputs] [seed] [reader...]
var inputs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
var seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : 1;
var each = (inputs + FuzzTargets.All.Count - 1) / FuzzTargets.All.Count;
var failures = 0;
foreach (var target in FuzzTargets.All.Where(target => args.Length < 3 || args.AsSpan(2).Contains(target.Name)))
{
    var fuzzer = new Fuzzer(target, seed);
    using var watchdog = new Watchdog(fuzzer, target.Name);
    fuzzer.Run(0, each);
    Console.WriteLine(
        $"{target.Name,-20} {each,9} inputs {fuzzer.Accepted,9} read {fuzzer.Refused,9} refused {fuzzer.Failures.Count,5} failures, at "
            + $"most {fuzzer.LargestAllocation >> 10} KiB each");
    foreach (var failure in fuzzer.Failures.Take(5))
    {
        Console.WriteLine(failure);
    }

    failures += fuzzer.Failures.Count;
}

return failures == 0 ? 0 : 1;
