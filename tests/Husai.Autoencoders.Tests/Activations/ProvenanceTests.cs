using System.Text.Json.Nodes;
using Husai.Autoencoders.Activations;

namespace Husai.Autoencoders.Tests.Activations;

public sealed class ProvenanceTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var written = new Provenance
        {
            ModelName = "m",
            ModelClass = "c",
            ModelHash = "h",
            HookName = "blocks.1.hook_mlp_out",
            Site = "mlp_out",
            Layer = 1,
            Position = "2",
            ContextSize = 3,
            PrependsBos = false,
            Dataset = "d",
            WorldHash = "w",
            SampleSeed = 6_000_000_000,
            Activations = new ActivationIdentity(5_000_000_000, 7, "a"),
        };
        var metadata = new JsonObject { ["other"] = "stays" };

        written.WriteTo(metadata);

        Assert.Equal(written, Provenance.Of(JsonNode.Parse(metadata.ToJsonString())!.AsObject()));
        Assert.Equal("stays", (string)metadata["other"]!);
    }

    [Fact]
    public void Earlier_names_are_read()
    {
        var read = Provenance.Of(new JsonObject { ["model_hash"] = "h", ["hook_layer"] = 8, ["hook_name"] = "blocks.8.hook_resid_pre" });

        Assert.Equal(("h", 8, "blocks.8.hook_resid_pre"), (read.ModelHash, read.Layer, read.HookName));
    }

    [Fact]
    public void What_is_unknown_or_of_another_type_is_null() => Assert.Equal(new Provenance(), Provenance.Of(new JsonObject
    {
        ["site"] = 3,
        ["layer"] = "first",
        ["prepend_bos"] = "no",
        ["activation_rows"] = -1,
        ["hook_name"] = null,
    }));
}
