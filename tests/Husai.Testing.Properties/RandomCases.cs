using FsCheck;
using FsCheck.Fluent;

namespace Husai.Testing.Properties;

/// <summary>Checks what must hold for every case on cases drawn at random, the same ones in every run.</summary>
/// <remarks>A failure prints its case. Nothing makes it smaller: draw small cases.</remarks>
public static class RandomCases
{
    private const ulong Seed = 20;

    // FsCheck wants it odd.
    private const ulong Gamma = 7;

    /// <summary>Runs a property's assertions on each case.</summary>
    /// <param name="cases">Draws the cases.</param>
    /// <param name="property">Throws where the property does not hold.</param>
    /// <param name="count">How many cases.</param>
    public static void Check<T>(Gen<T> cases, Action<T> property, int count = 300) =>
        Prop.ForAll(Arb.From(cases), property)
            .Check(Config.QuickThrowOnFailure.WithReplay(Seed, Gamma).WithQuietOnSuccess(true).WithMaxTest(count));
}
