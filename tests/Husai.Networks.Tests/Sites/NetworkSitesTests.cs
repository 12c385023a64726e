using Husai.Formats.Files;
using Husai.Networks.Onnx;
using Husai.Networks.Running;
using Husai.Networks.Sites;

namespace Husai.Networks.Tests.Sites;

public sealed class NetworkSitesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sites_are_known_by_the_weights_that_feed_them(bool hasExternalWeights)
    {
        var sites = NetworkSites.Find(Tiny(hasExternalWeights), 1);

        Assert.Equal(
            ["10 embed 8", "12 attn_out.0 8", "13 resid_mid.0 8", "16 mlp_hidden.0 12", "18 mlp_out.0 8", "19 resid_post.0 8"],
            sites.Where(site => site.Alias is not null).Select(site => $"{site.Name} {site.Alias} {site.Width}"));
        Assert.Equal(["10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "logits"], sites.Select(site => site.Name));
    }

    [Fact]
    public void Tensors_have_the_values_of_a_plain_computation()
    {
        var file = Tiny(hasExternalWeights: true);
        string[] names = ["10", "12", "13", "16", "18", "19", "logits"];
        using var session = new NetworkSession(file, names, 2);
        int[][] sequences = [[3, 1, 4, 1, 5], [9, 2, 6]];

        using var outputs = session.Run(new TokenBatch(sequences));

        for (var output = 0; output < names.Length; output++)
        {
            var width = (int)outputs.Shape(output)[2];
            for (var sequence = 0; sequence < 2; sequence++)
            {
                var expected = new TinyNetwork().Compute(sequences[sequence])[names[output]];
                for (var position = 0; position < sequences[sequence].Length; position++)
                {
                    for (var column = 0; column < width; column++)
                    {
                        Assert.Equal(
                            expected[position][column], outputs.Values(output)[(sequence * 5 + position) * width + column], 1e-4);
                    }
                }
            }
        }
    }

    [Fact]
    public void An_input_that_is_not_understood_is_named()
    {
        new TinyNetwork().Write(_folder["pixels.onnx"], furtherInput: "pixel_values");
        var error = Assert.Throws<InvalidFileException>(() => NetworkSites.Find(OnnxFile.Read(_folder["pixels.onnx"]), 1));
        Assert.Contains("has the input 'pixel_values' (Float [batch, sequence]), which is not understood", error.Message);
    }

    [Fact]
    public void A_tensor_that_is_not_there_is_named_with_those_that_are()
    {
        var file = Tiny();
        var sites = NetworkSites.Find(file, 1);
        Assert.Equal("19", NetworkSites.Require(file, sites, "resid_post.0").Name);
        Assert.Equal("14", NetworkSites.Require(file, sites, "14").Name);
        var error = Assert.Throws<InvalidFileException>(() => NetworkSites.Require(file, sites, "resid_post.7"));
        Assert.Contains("has no tensor 'resid_post.7'; known by short names are embed, attn_out.0", error.Message);
    }

    [Fact]
    public void The_blocks_of_a_real_network_are_found()
    {
        var sites = NetworkSites.Find(OnnxFile.Read(MiniLm.Model), 2);

        string[] kinds = ["attn_out", "resid_mid", "mlp_hidden", "mlp_out", "resid_post"];
        Assert.Equal(
            Enumerable.Range(0, 6).SelectMany(layer => kinds.Select(kind => $"{kind}.{layer}")).Prepend("embed"),
            sites.Select(site => site.Alias).OfType<string>());
        Assert.Equal("last_hidden_state", sites.Single(site => site.Alias == "resid_post.5").Name);
        Assert.All(sites.Where(site => site.Alias is not null), site =>
            Assert.Equal(site.Kind == SiteKind.MlpHidden ? 1536 : 384, site.Width));
    }

    private OnnxFile Tiny(bool hasExternalWeights = false)
    {
        new TinyNetwork().Write(_folder["tiny.onnx"], hasExternalWeights);
        return OnnxFile.Read(_folder["tiny.onnx"]);
    }
}
