using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Numerics.SelfChecks;

/// <summary>Runs a kernel on inputs drawn from a stream of its own and hands over its outputs.</summary>
internal delegate void KernelRun(RandomStream inputs, Workers workers, OutputHash output);

/// <summary>One entry of <see cref="SelfCheck"/>.</summary>
internal sealed record KernelCheck(string Name, KernelRun Kernel)
{
    private const ulong Seed = 20220405;

    public KernelHash Run(Workers workers)
    {
        using var output = new OutputHash();
        Kernel(new RandomStream(Seed, Name), workers, output);
        return new KernelHash(Name, output.Finish());
    }
}
