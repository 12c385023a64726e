namespace Husai.Numerics.SelfChecks;

/// <summary>The random streams.</summary>
internal static class RandomnessChecks
{
    private const int Length = 1001;

    public static IReadOnlyList<KernelCheck> All { get; } =
    [
        new("philox uniform", (inputs, _, output) =>
        {
            var values = new float[Length];
            inputs.FillUniform(values, -1f, 1f);
            output.Add<float>(values);
        }),
        new("philox normal", (inputs, _, output) => output.Add<float>(inputs.NormalRow(Length))),
        new("philox permutation", (inputs, _, output) => output.Add<int>(inputs.Permutation(Length))),
        new("philox sample", (inputs, _, output) => output.Add<int>(inputs.Sample(1_000_000, Length))),
    ];
}
