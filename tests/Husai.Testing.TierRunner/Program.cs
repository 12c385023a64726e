using Husai.Numerics.Instructions;
using Husai.Testing.Tiers;

// Usage: Husai.Testing.TierRunner ASSEMBLY TIER. Runs the assembly's [RunsOnEveryTier] tests in this process.
if (args.Length != 2 || !Enum.TryParse<InstructionTier>(args[1], out var tier))
{
    Console.Error.WriteLine("usage: Husai.Testing.TierRunner ASSEMBLY TIER");
    return 2;
}

return TierTestRunner.Run(args[0], tier, Console.Out);
