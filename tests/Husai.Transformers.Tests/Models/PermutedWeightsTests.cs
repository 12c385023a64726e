using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Tests.Models;

public sealed class PermutedWeightsTests
{
    private static readonly Transformer Model = Transformer.Initialise(
        ArithmeticTask.From(new TaskOptions { Modulus = 13 }),
        new TransformerOptions { ModelWidth = 16, Heads = 2, HeadWidth = 8, MlpWidth = 32 }, seed: 3);

    [Fact]
    public void Each_tensor_keeps_its_values_and_loses_their_order()
    {
        var permuted = Model.WithPermutedWeights(5);

        foreach (var (before, after) in Model.Parameters.Tensors.Zip(permuted.Parameters.Tensors))
        {
            var (first, second) = (before.Values.AsSpan().ToArray(), after.Values.AsSpan().ToArray());
            if (first.Distinct().Count() > 8)
            {
                Assert.NotEqual(first, second);
            }

            Array.Sort(first);
            Array.Sort(second);
            Assert.Equal(first, second);
        }
    }

    [Fact]
    public void A_seed_decides_the_order()
    {
        Assert.Equal(Model.WithPermutedWeights(5).WeightsHash(), Model.WithPermutedWeights(5).WeightsHash());
        Assert.NotEqual(Model.WithPermutedWeights(5).WeightsHash(), Model.WithPermutedWeights(6).WeightsHash());
    }
}
