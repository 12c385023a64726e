using Husai.Numerics.Functions;

namespace Husai.Numerics.SelfChecks;

/// <summary>The elementary functions in double precision.</summary>
internal static class FunctionChecks
{
    private const int Points = 1000;

    public static IReadOnlyList<KernelCheck> All { get; } =
    [
        Of("exp", x => Transcendental.Exp(20 * x)),
        Of("log", x => Transcendental.Log(Math.Abs(x))),
        Of("log1p", x => Transcendental.Log1p(Math.Abs(x) * 1e-3)),
        Of("sin", x => Transcendental.Sin(1e3 * x)),
        Of("cos", x => Transcendental.Cos(1e3 * x)),
        Of("pow", x => Transcendental.Pow(Math.Abs(x), 7.3 * x)),
        Of("erf", Transcendental.Erf),
    ];

    private static KernelCheck Of(string name, Func<double, double> function) => new(name, (inputs, _, output) =>
    {
        for (var i = 0; i < Points; i++)
        {
            output.Add(function(inputs.NextNormal()));
        }
    });
}
